import { clip } from '../diagnose/page-request.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { redactSaid } from '../diagnose/report/redact.ts'
import { shellQuote } from '../diagnose/report/replay.ts'
import type { RecognizedMessage } from '../diagnose.ts'
import type { Paint } from './paint.ts'

const SPEAKERS = {
  chromium: 'Chrome, Edge and other Chromium browsers',
  firefox: 'Firefox',
  webkit: 'Safari and other WebKit browsers',
  any: 'every browser',
} as const

/** Writes what a console line means, and the command that finds its cause. */
export function messageText(whole: RecognizedMessage, paint: Paint): string {
  const message = shownMessage(whole)
  const { speaker, code, name, during, url, redirectedFrom, origin, value, status, meaning, first } = message
  const facts: readonly (readonly [string, string | null])[] = [
    ['printed by', SPEAKERS[speaker]],
    ['name', name],
    [
      'during',
      during === 'preflight' ? 'the preflight (OPTIONS)' : during === 'response' ? 'the request itself' : null,
    ],
    ['url', url],
    ['redirected from', redirectedFrom],
    ['page', origin],
    ['at fault', value],
    ['status', status === null ? null : String(status)],
  ]
  return [
    `${paint('bold', code)}`,
    '',
    ...facts
      .filter(([, text]) => text !== null)
      .map(([label, text]) => `  ${label.padEnd(16)}${printable(clip(text ?? '', 300))}`),
    '',
    `${printable(clip(meaning, 1000))}`,
    `${paint('bold', 'First:')} ${printable(first)}`,
    '',
    `${paint('bold', 'Find the cause:')} ${command(message)}`,
  ].join('\n')
}

/** A console line is pasted with the URL that it names, and that with the secrets that it holds. */
function shownMessage(message: RecognizedMessage): RecognizedMessage {
  const entries = Object.entries(message).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? redactSaid(value) : value,
  ])
  return Object.fromEntries(entries) as RecognizedMessage
}

/** Writes it as data. */
export function messageJson(whole: RecognizedMessage, version: string): string {
  const message = shownMessage(whole)
  return jsonText({ schema: 1, tool: { name: 'corsmith', version }, message, command: command(message) })
}

/** The command that replays what the line is about, as far as the line tells. What a header holds does not count. */
function command({ url, redirectedFrom, origin, code, value }: RecognizedMessage): string {
  const method = code === 'method-not-allowed' && value !== null ? ` -X ${shellQuote(value)}` : ''
  const header = code === 'header-not-allowed' && value !== null ? ` -H ${shellQuote(`${value}: x`)}` : ''
  const credentials = code === 'allow-credentials' || code === 'allow-origin-wildcard' ? ' --credentials include' : ''
  return `npx corsmith check ${shellQuote(redirectedFrom ?? url ?? 'https://api.example.com/path')} --origin ${shellQuote(origin ?? 'https://app.example.com')}${method}${header}${credentials}`
}
