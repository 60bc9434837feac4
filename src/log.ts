/**
 * What a policy decides, made visible: which requests a browser blocks, and which edit would allow
 * them.
 *
 * @module
 */
export { developmentLog } from './operate/development-log.ts'
export { type ExplainOptions, explainTo } from './operate/explain-to.ts'
export { type JsonLogOptions, jsonLog } from './operate/json-log.ts'
export { type DevelopmentOptions, logInDevelopment } from './operate/log-in-development.ts'
export { type ObserveOptions, type Observer, observe } from './operate/observe.ts'
export { type OpenTelemetryApi, openTelemetry } from './operate/open-telemetry.ts'
export type { BlockCode, CorsRecord, RefusalRecord } from './operate/record.ts'
