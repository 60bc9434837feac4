import type { HeaderLine } from '../browser/wire.ts'
import { clip } from '../diagnose/page-request.ts'
import { printable } from '../diagnose/report/printable.ts'
import type { Diagnosis, Observation } from '../diagnose.ts'
import type { Paint } from './paint.ts'

/** Writes the lines about the preflight. */
export function preflightStep(diagnosis: Diagnosis, paint: Paint): readonly string[] {
  const preflights = diagnosis.observations.filter(({ purpose }) => purpose === 'preflight')
  return preflights.flatMap((observation) => [
    `2 Preflight           ${outcome(observation)}`,
    ...corsLines(observation, paint),
  ])
}

/** Writes the lines about the request itself and its redirects. */
export function requestSteps(diagnosis: Diagnosis, paint: Paint): readonly string[] {
  const requests = diagnosis.observations.filter(({ purpose }) => purpose === 'request')
  const hasPreflight = diagnosis.observations.some(({ purpose }) => purpose === 'preflight')
  const number = hasPreflight ? 3 : 2
  if (requests.length === 0) return [`${number} Response            not sent: the browser stops before it`]
  return requests.flatMap((observation) => [
    `${number} Response            ${outcome(observation)}`,
    ...corsLines(observation, paint),
  ])
}

function outcome({ request, response, trouble, ms }: Observation): string {
  if (response === null) {
    return trouble?.kind === 'withheld'
      ? `not sent (${trouble.detail}; use --send)`
      : `no answer: ${printable(clip(trouble?.detail ?? ''))}`
  }
  const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  const server = response.headers.find(([name]) => name.toLowerCase() === 'server')?.[1]
  if (response.source === 'assumed') return `not in the archive; the browser sent the request, so it had permission`
  const when = response.source === 'archive' ? 'in the archive' : `in ${ms} ms`
  return `${request.method} → ${response.status}${location === undefined ? '' : ` to ${printable(clip(location, 200))}`} ${when}${server === undefined ? '' : `   (${printable(clip(server))})`}`
}

/**
 * Writes the CORS headers of an answer, one line for each header line. A doubled header gives two
 * lines.
 */
function corsLines({ response }: Observation, paint: Paint): readonly string[] {
  if (response === null || response.source === 'assumed') return []
  const lines = response.headers.filter(([name]) => /^(access-control-|vary$|timing-allow-origin$)/i.test(name))
  if (lines.length === 0) return [paint('dim', '    no Access-Control-* header')]
  return lines.map((line) => `    ${show(line, paint)}`)
}

function show([name, value]: HeaderLine, paint: Paint): string {
  return `${paint('cyan', printable(clip(name)))}: ${printable(clip(value, 200))}`
}
