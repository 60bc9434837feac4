import { canAsk, checkOf, isHttp, lacksCause, messageCommand } from '../diagnose/messages/command.ts'
import { addressesIn } from '../diagnose/messages/recognize.ts'
import { clip } from '../diagnose/page-request.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { redactSaid } from '../diagnose/report/redact.ts'
import type { RecognizedMessage, Speaker } from '../diagnose.ts'
import type { Paint } from './paint.ts'

const SPEAKERS: Readonly<Record<Speaker, string>> = {
  chromium: 'Chrome, Edge and other Chromium browsers',
  firefox: 'Firefox',
  webkit: 'Safari and other WebKit browsers',
  trident: 'Internet Explorer, and Edge before 2020',
  library: 'a library in the page',
  runtime: 'a runtime other than a browser',
  server: 'the server',
  any: 'every browser',
}

/** Writes the meaning of a console line, and the command that finds its cause. */
export function messageText(whole: RecognizedMessage, paint: Paint): string {
  const message = shownMessage(whole)
  const { speaker, code, name, cors, during, url, redirectedFrom, origin, method, header, value, status } = message
  const facts: readonly (readonly [string, string | null])[] = [
    ['printed by', SPEAKERS[speaker]],
    ['name', name],
    ['about CORS', cors === null ? 'unknown from this line' : cors ? null : 'no'],
    [
      'during',
      during === 'preflight' ? 'the preflight (OPTIONS)' : during === 'response' ? 'the request itself' : null,
    ],
    ['url', url],
    ['redirected from', redirectedFrom],
    ['page', origin],
    ['method', method],
    ['header', header],
    ['at fault', value],
    ['status', status === null ? null : String(status)],
    ['also read', message.also.length === 0 ? null : message.also.join(', ')],
  ]
  return [
    `${paint('bold', code)}`,
    '',
    ...facts
      .filter(([, text]) => text !== null)
      .map(([label, text]) => `  ${label.padEnd(16)}${printable(clip(text ?? '', 300))}`),
    '',
    `${printable(clip(message.meaning, 1000))}`,
    `${paint('bold', 'First:')} ${printable(message.first)}`,
    ...message.otherwise.map(({ code: other, when }) => `${paint('bold', 'Or')} ${other}: if ${when}.`),
    '',
    `${paint('bold', canAsk(message) ? 'Find the cause:' : 'More about it:')} ${messageCommand(message)}`,
    ...(lacksCause(message) ? ['Add -X and -H as the page sends them: one of them caused the preflight.'] : []),
  ].join('\n')
}

/** Hides the secrets in a pasted line. Its URL may hold some. */
function shownMessage(message: RecognizedMessage): RecognizedMessage {
  const entries = Object.entries(message).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? redactSaid(value) : value,
  ])
  return Object.fromEntries(entries) as RecognizedMessage
}

/** Writes the meaning as JSON. */
export function messageJson(whole: RecognizedMessage, version: string): string {
  const message = shownMessage(whole)
  return jsonText({ schema: 1, tool: { name: 'corsmith', version }, message, command: messageCommand(message) })
}

/** Says that a text was not recognized, and what to do with the addresses in it. */
export function unknownMessage(text: string): string {
  const { url, origin } = addressesIn(text)
  const next = isHttp(url)
    ? `ask the server instead: npx corsmith ${checkOf(redactSaid(url), origin)}`
    : 'or ask the server: npx corsmith check <url> --origin <page>'
  return `this is not a known console line about CORS: copy the whole line, which begins with "Access to", "Cross-Origin Request Blocked" or "Origin"; ${next}`
}
