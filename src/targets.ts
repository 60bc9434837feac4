/**
 * Writes one policy in the language of a server, a framework, a gateway or a bucket, and reads it
 * back.
 *
 * @module
 */
export { type Compilation, type CompiledFile, type CompileOptions, compile, compileText } from './targets/compile.ts'
export { importConfig, isReadable, lintConfig } from './targets/import.ts'
export type { Loss, LossCode } from './targets/losses.ts'
export type { ConfigIssue, ConfigIssueCode, Imported, NotUnderstood } from './targets/readers/reading.ts'
export { recognizeConfig } from './targets/recognize.ts'
export { isTarget, type TargetName } from './targets/table.ts'
export { type TargetInfo, targets } from './targets/target-list.ts'
