/**
 * Policies as data: compare two of them, write one the same way every time, read one from JSON.
 *
 * @module
 */

export { diffPolicies, type PolicyChange, type PolicyDiff } from './policy/diff.ts'
export { pageOf } from './policy/homepage.ts'
export { type CorsPolicyJson, hash, policyFromJson, serialize } from './policy/json.ts'
