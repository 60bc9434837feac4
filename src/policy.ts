/**
 * Policies as data: compare two of them, write one the same way every time, read one from JSON.
 *
 * @module
 */

export { diffPolicies, type PolicyChange, type PolicyDiff } from './policy/data/diff.ts'
export { type CorsPolicyJson, hash, policyFromJson, serialize } from './policy/data/json.ts'
export { pageOf } from './policy/error.ts'
