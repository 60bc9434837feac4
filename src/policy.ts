/**
 * Policies as data: compares two policies, writes one in canonical form, reads one from JSON.
 *
 * @module
 */

export { diffPolicies, type PolicyChange, type PolicyDiff } from './policy/data/diff.ts'
export { type CorsPolicyJson, hash, policyFromJson, serialize } from './policy/data/json.ts'
export { policySchema, type StandardSchema } from './policy/data/standard-schema.ts'
export { pageOf } from './policy/error.ts'
