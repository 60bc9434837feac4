import type { BrowserModel } from '../../src/browser.ts'
import type { Observation, StepResult } from './scenario.ts'

/** Says in what two observations of one scenario differ; null when they agree. */
export function difference(
  real: Observation,
  simulated: Observation,
  engine: BrowserModel,
  retries: boolean,
): string | null {
  for (const [index, step] of simulated.steps.entries()) {
    const other = real.steps[index]
    if (other === undefined) return `step ${index}: nothing observed`
    const told = describe(other)
    const expected = describe(step)
    if (told !== expected) return `step ${index}: browser ${told}, simulator ${expected}`
  }
  const seen = retries ? [...new Set(real.requests)] : real.requests
  const sent = retries ? [...new Set(simulated.requests)] : simulated.requests
  // Elements of WebKit send what they send; its fonts go without `Origin`.
  const isElement = engine === 'webkit' && simulated.byElement
  if (!isElement && seen.join('\n') !== sent.join('\n'))
    return `requests: browser ${JSON.stringify(seen)}, simulator ${JSON.stringify(sent)}`
  const told = real.sites?.join() ?? ''
  const expected = simulated.sites?.join() ?? ''
  // What was recorded earlier has none.
  if (!retries && !isElement && real.sites !== undefined && told !== expected)
    return `Sec-Fetch-Site: browser ${told}, simulator ${expected}`
  // How a connection broke is told in many ways.
  if (retries) return null
  return reasonDifference(real.reasons, simulated.reasons, engine) ?? lineDifference(real, simulated, engine)
}

function describe(step: StepResult): string {
  return step.ok ? `ok ${step.status} ${step.type} [${step.names}] ${step.content ?? ''}` : 'error'
}

function reasonDifference(real: readonly string[], simulated: readonly string[], engine: BrowserModel): string | null {
  if (engine === 'webkit') return null
  if (engine === 'chromium') {
    // Where Chromium reports no CORS error, only a network error code is left to compare: none.
    const told = real.filter((reason) => !reason.startsWith('net::') && reason !== '')
    const expected = simulated.filter((reason) => reason !== '' && reason !== 'TypeError')
    return told.join() === expected.join() ? null : `reason: browser ${told}, simulator ${expected}`
  }
  // Firefox repeats itself: what follows the first message of a failure is a consequence.
  const told = real.filter((reason) => reason !== 'CORSAllowHeaderFromPreflightDeprecation')
  const expected = simulated.filter((reason) => reason !== '' && reason !== 'TypeError')
  const isExplained = expected.length === 0 ? told.length === 0 : told[0] === expected[0]
  return isExplained ? null : `reason: browser ${told}, simulator ${expected}`
}

/** The console lines, word for word: all of Chromium's; Firefox's first. */
function lineDifference(real: Observation, simulated: Observation, engine: BrowserModel): string | null {
  if (engine === 'webkit' || engine === 'spec' || real.lines === undefined) return null
  const isAbout = (line: string): boolean =>
    line.includes('CORS policy') || line.startsWith('Cross-Origin Request Blocked')
  const told = real.lines.filter((line) => !line.startsWith('Cross-Origin Request Warning'))
  const expected = (simulated.messages ?? []).map((message) => message[engine]).filter(isAbout)
  const count = engine === 'chromium' ? Math.max(told.length, expected.length) : Math.min(1, expected.length)
  for (let index = 0; index < count; index++) {
    // Of several headers that are not allowed, Chromium names the one that its hash table gives first.
    if (withoutName(told[index]) !== withoutName(expected[index]))
      return `line: browser ${told[index]}, simulator ${expected[index]}`
  }
  return null
}

function withoutName(line: string | undefined): string | undefined {
  return line?.replace(/Request header field \S+ is/, 'Request header field … is')
}
