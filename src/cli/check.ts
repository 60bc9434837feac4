/// <reference types="node" />
import { parseArgs } from 'node:util'
import { clip, quoted } from '../diagnose/page-request.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { redactSaid } from '../diagnose/report/redact.ts'
import {
  type Diagnosis,
  diagnose,
  type Format,
  formatReport,
  type PageRequest,
  type ReportItem,
  recognizeMessage,
  type Transport,
  toJson,
} from '../diagnose.ts'
import { examineEntry } from './archive.ts'
import { checkExpectations } from './expect.ts'
import { MAX_TIMEOUT, oneOf, readFormat, readTarget, wholeNumber } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { messageJson, messageText, unknownMessage } from './message.ts'
import { createPaint, type Paint } from './paint.ts'
import { createProgress } from './progress.ts'
import { readRequests } from './subjects.ts'
import { diagnosisText } from './text.ts'
import { VERSION } from './version.ts'
import { createWireClient } from './wire-client.ts'

const OPTIONS = {
  origin: { type: 'string', short: 'o' },
  method: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  credentials: { type: 'string' },
  mode: { type: 'string' },
  initiator: { type: 'string' },
  body: { type: 'string', short: 'd' },
  reads: { type: 'string', multiple: true },
  'upload-listener': { type: 'boolean' },
  curl: { type: 'string' },
  fetch: { type: 'string' },
  har: { type: 'string' },
  entry: { type: 'string' },
  filter: { type: 'string' },
  'all-blocked': { type: 'boolean' },
  live: { type: 'boolean' },
  message: { type: 'string' },
  expect: { type: 'string' },
  send: { type: 'boolean' },
  security: { type: 'boolean' },
  'no-probes': { type: 'boolean' },
  for: { type: 'string' },
  json: { type: 'boolean' },
  format: { type: 'string' },
  'fail-on': { type: 'string' },
  'max-requests': { type: 'string' },
  timeout: { type: 'string' },
  insecure: { type: 'boolean', short: 'k' },
  verbose: { type: 'boolean', short: 'v' },
} as const

/** What goes with a file of expectations; the other options describe a request, and the file brings its own. */
const WITH_EXPECT: readonly string[] = [
  'expect',
  'send',
  'security',
  'no-probes',
  'for',
  'json',
  'format',
  'fail-on',
  'max-requests',
  'timeout',
  'insecure',
  'verbose',
]

/** What `--fail-on` takes, the strictest last. */
const THRESHOLDS = ['blocked', 'security', 'warning'] as const

/** How requests are examined and reported, whichever they are. */
export interface CheckSetting {
  readonly io: Io
  readonly paint: Paint
  readonly transport: Transport
  readonly failOn: (typeof THRESHOLDS)[number]
  readonly format: Format | 'json' | 'text'
  readonly verbose: boolean
  readonly insecure: boolean
  /** Examines a request. What `send` does not say, `--send` does. */
  readonly examine: (request: PageRequest, send?: boolean) => Promise<Diagnosis>
}

/** Runs `corsmith check`. */
export async function check(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  const paint = createPaint(io)
  if (values.message !== undefined) return checkMessage(values.message, values.json === true, io, paint)
  if (positionals.length > 1)
    throw new UsageError(`one URL at a time: ${positionals.slice(0, 3).map(quoted).join(' ')}`)
  const target = readTarget(values.for)
  const timeoutMs = wholeNumber('--timeout', values.timeout, 10, [1, MAX_TIMEOUT]) * 1000
  const insecure = values.insecure === true
  const transport = createWireClient({ timeoutMs, insecure })
  const maxRequests =
    values['max-requests'] === undefined
      ? undefined
      : wholeNumber('--max-requests', values['max-requests'], 40, [1, 10_000])
  const setting: CheckSetting = {
    io,
    paint,
    transport,
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'blocked', THRESHOLDS),
    format: values.json ? 'json' : (readFormat(values.format) ?? 'text'),
    verbose: values.verbose === true,
    insecure,
    examine: async (request, send) => {
      const progress = createProgress(io)
      try {
        return await diagnose(request.url, {
          ...request,
          transport,
          extraHeaders: [['User-Agent', USER_AGENT]],
          send: send ?? values.send === true,
          security: values.security === true,
          probes: values['no-probes'] !== true,
          onObservation: progress.tick,
          ...(target === undefined ? {} : { target }),
          ...(maxRequests === undefined ? {} : { maxRequests }),
        })
      } catch (error) {
        // What fetch() itself refuses is a mistake of the command line.
        if (error instanceof TypeError) throw new UsageError(error.message)
        throw error
      } finally {
        progress.end()
      }
    },
  }
  if (values.expect !== undefined) {
    const other = Object.keys(values).find((name) => !WITH_EXPECT.includes(name))
    if (other !== undefined) throw new UsageError(`--${other} next to --expect: the file says what is asked`)
    return checkExpectations(values.expect, positionals[0], setting)
  }
  const items: ReportItem[] = []
  for (const { request, entry, notes } of await readRequests(positionals[0], values)) {
    const { diagnosis, more } =
      entry === null
        ? { diagnosis: await setting.examine(request), more: [] }
        : await examineEntry(entry, request, target)
    items.push({
      title: titleOf(diagnosis),
      diagnosis,
      isFine: exitOf(diagnosis, setting.failOn) === EXIT.ok,
      expected: null,
      notes: [...notes, ...more],
    })
  }
  report(items, setting)
  return Math.max(...items.map(({ diagnosis }) => exitOf(diagnosis, setting.failOn)))
}

/** Some answers depend on whether a browser asks; and whoever reads the log should see who did. */
const USER_AGENT = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 corsmith/${VERSION}`

/** Writes what was found in the form that was asked for. */
export function report(items: readonly ReportItem[], { io, paint, format, verbose, insecure }: CheckSetting): void {
  if (format === 'json') {
    const reports = items.map(({ diagnosis, notes = [] }) => ({
      ...toJson(diagnosis, VERSION),
      notes: notes.map((note) => redactSaid(note)),
    }))
    io.print(jsonText(reports.length === 1 ? reports[0] : reports))
  } else if (format === 'text') {
    const texts = items.map(({ diagnosis, notes = [] }) => [
      ...notes.map((note) => paint('dim', `Note     ${printable(clip(redactSaid(note), 1200))}`)),
      diagnosisText(diagnosis, { paint, verbose, insecure }),
    ])
    io.print(texts.map((lines) => lines.join('\n')).join('\n\n'))
  } else {
    io.print(formatReport(format, items, VERSION))
  }
}

/** The exit code of a diagnosis. */
export function exitOf({ conclusion, findings }: Diagnosis, failOn: (typeof THRESHOLDS)[number]): number {
  if (conclusion === 'error') return EXIT.untested
  if (conclusion === 'blocked') return EXIT.blocked
  const fails = failOn === 'warning' ? ['warning', 'security', 'error'] : failOn === 'security' ? ['security'] : []
  return findings.some(({ severity }) => fails.includes(severity)) ? EXIT.findings : EXIT.ok
}

/** Names an examined request in a line. */
export function titleOf({ call }: Diagnosis): string {
  return `${call.method} ${call.url.href} from ${call.origin}`
}

function checkMessage(text: string, isJson: boolean, io: Io, paint: Paint): number {
  const message = recognizeMessage(text)
  if (message === null) {
    throw new UsageError(unknownMessage(text))
  }
  io.print(isJson ? messageJson(message, VERSION) : messageText(message, paint))
  return EXIT.ok
}
