/**
 * Finds out why a browser blocks a request, and what to change: for a live server, a policy, an
 * archive or a console line.
 *
 * @module
 */
export type { BrowserName } from './browser/rules.ts'
export { type DiagnoseOptions, diagnose } from './diagnose/diagnose.ts'
export type { Conclusion, Diagnosis } from './diagnose/diagnosis.ts'
export type { Probes, Variant } from './diagnose/evidence.ts'
export { type ExplainedRequest, type Explanation, explain } from './diagnose/explain.ts'
export type { Finding, Fix, FixPlace, Severity } from './diagnose/finding.ts'
export type { FindingCode } from './diagnose/findings/codes.ts'
export type { Recognition } from './diagnose/fixes/detect.ts'
export { CHOOSABLE, snippet, TARGETS, type Target } from './diagnose/fixes/targets.ts'
export { parseCommands, parseCurl } from './diagnose/imports/curl.ts'
export { parseCalls, parseFetch } from './diagnose/imports/fetch-call.ts'
export type { PartialPageRequest } from './diagnose/imports/from-browser.ts'
export { type HarEntry, parseHar, type RecordedHop, type Recording } from './diagnose/imports/har.ts'
export type { Failing, HarKind } from './diagnose/imports/har-kinds.ts'
export { messageCommand } from './diagnose/messages/command.ts'
export type { Otherwise } from './diagnose/messages/interpretation.ts'
export { type RecognizedMessage, recognizeMessage } from './diagnose/messages/recognize.ts'
export type { MessageCode, Speaker } from './diagnose/messages/template.ts'
export { type Call, type PageRequest, readCall } from './diagnose/page-request.ts'
export type { Proof } from './diagnose/plan.ts'
export { diagnoseEntry, type RecordedDiagnosis } from './diagnose/recorded.ts'
export type { Observation, Purpose } from './diagnose/recorder.ts'
export { FORMATS, type Format, formatReport, type ReportItem } from './diagnose/report/formats.ts'
export { type JsonExchange, type JsonFinding, type JsonReport, SCHEMA, toJson } from './diagnose/report/json.ts'
export { consoleLine, verdictName } from './diagnose/report/names.ts'
export { NOT_VISIBLE, preflightReasons } from './diagnose/report/reasons.ts'
export { toCurl } from './diagnose/report/replay.ts'
export type { Accepted, SecurityReport } from './diagnose/security/report.ts'
export {
  type Answer,
  type NoAnswer,
  type NoAnswerKind,
  type Received,
  type Transport,
  viaFetch,
} from './diagnose/transport.ts'
export { BROWSER_NAMES, type Verdicts } from './diagnose/verdicts.ts'
export { isTarget } from './targets/table.ts'
