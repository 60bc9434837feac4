/**
 * What to do about it: a live server or a policy, judged as browsers judge it, with the cause and the change.
 *
 * @module
 */
export { type Conclusion, type DiagnoseOptions, type Diagnosis, diagnose } from './diagnose/diagnose.ts'
export type { Probes, Variant } from './diagnose/evidence.ts'
export { type ExplainedRequest, type Explanation, explain } from './diagnose/explain.ts'
export type { Finding, Fix, Place, Severity } from './diagnose/finding.ts'
export { snippet } from './diagnose/fixes/snippets.ts'
export { CHOOSABLE, isTarget, TARGETS, type Target } from './diagnose/fixes/targets.ts'
export { type Call, type PageRequest, readCall } from './diagnose/page-request.ts'
export type { Observation, Purpose } from './diagnose/recorder.ts'
export type { Accepted, SecurityReport } from './diagnose/security/report.ts'
export {
  type Answer,
  type Received,
  type Transport,
  type Trouble,
  type TroubleKind,
  viaFetch,
} from './diagnose/transport.ts'
export { ENGINE_NAMES, type EngineName, type Verdicts } from './diagnose/verdicts.ts'
