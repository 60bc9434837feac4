import type { Diagnosis } from '../diagnose.ts'
import type { EngineName } from '../verdicts.ts'

/**
 * Names what an engine does: `'shared'`; `'unverified'` where the request itself was not sent; otherwise its own name for the failure:
 * Chromium's enum or `net::ERR_…`, Firefox's category, WebKit's console line.
 */
export function verdictName(diagnosis: Diagnosis, engine: EngineName): string {
  const verdict = diagnosis.verdicts[engine]
  if (diagnosis.findings.some(({ code }) => code === 'mixed-content')) return 'mixed-content'
  if (verdict.shared) return 'shared'
  const { failure } = verdict
  if (diagnosis.isWithheld && failure.code === 'network-error') return 'unverified'
  if (engine === 'webkit') return failure.consoleMessage.webkit
  if (engine === 'firefox') return failure.firefox ?? failure.code
  return failure.chromium ?? /net::\S+/.exec(failure.consoleMessage.chromium)?.[0] ?? failure.code
}

/** Gives the line in an engine's console; null where it prints none. */
export function consoleLine(diagnosis: Diagnosis, engine: EngineName): string | null {
  const verdict = diagnosis.verdicts[engine]
  if (verdict.shared || (diagnosis.isWithheld && verdict.failure.code === 'network-error')) return null
  return verdict.failure.consoleMessage[engine] || null
}
