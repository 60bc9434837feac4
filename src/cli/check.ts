/// <reference types="node" />
import { parseArgs } from 'node:util'
import type { Target } from '../diagnose/fixes/targets.ts'
import { quoted } from '../diagnose/page-request.ts'
import { diagnose, type ReportItem, recognizeMessage } from '../diagnose.ts'
import { examineEntry } from './archive.ts'
import { askWhat, canBeAsked } from './ask.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { checkExpectations } from './expect.ts'
import { MAX_TIMEOUT, oneOf, readFormat, readOrigin, readTarget, wholeNumber } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { messageJson, messageText, unknownMessage } from './message.ts'
import { checkOperations } from './operations.ts'
import { createPaint, type Paint } from './paint.ts'
import { pastedArguments } from './pasted.ts'
import { checkPatchOptions, printPatch, readConfig, targetOfConfig } from './patch/print-patch.ts'
import { createProgress } from './progress.ts'
import { type CheckSetting, exitOf, report, THRESHOLDS, titleOf } from './report.ts'
import { readRequests } from './subjects.ts'
import { VERSION } from './version.ts'
import { createWireClient } from './wire-client.ts'

/**
 * The options that go with a file of expectations. The others describe a request, and the file
 * brings its own.
 */
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

/** Runs `corsmith check`. In a terminal, a command line without a request is asked for one. */
export async function checkCommand(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length === 0 && canBeAsked(io)) return askWhat(io, checkCommand)
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: COMMAND_OPTIONS.check,
    allowPositionals: true,
    tokens: true,
  })
  const pasted = tokens.find((token) => token.kind === 'positional' && token.value === '-')
  if (pasted !== undefined) return checkCommand([...(await pastedInput(io)), ...argv.toSpliced(pasted.index, 1)], io)
  const paint = createPaint(io)
  checkPatchOptions(values)
  if (values.message !== undefined) return checkMessage(values.message, values.json === true, io, paint)
  if (positionals.length > 1)
    throw new UsageError(`one URL at a time: ${positionals.slice(0, 3).map(quoted).join(' ')}`)
  const [url] = positionals
  const config = values.config === undefined ? null : readConfig(values.config)
  const target = readTarget(values.for) ?? (config === null ? undefined : targetOfConfig(config))
  if (values.openapi !== undefined && values.routes !== undefined)
    throw new UsageError('--openapi and --routes: one at a time')
  const file = values.openapi ?? values.routes
  const setting = settingOf(values, target, io, paint)
  if (file !== undefined) return checkOperations(operationsIn(file, values, url), setting)
  if (values.save !== undefined) throw new UsageError('--save goes with --openapi or --routes')
  if (values.expect !== undefined) {
    const other = Object.keys(values).find((name) => !WITH_EXPECT.includes(name))
    if (other !== undefined)
      throw new UsageError(`--${other} cannot be used with --expect: the file describes the requests`)
    return checkExpectations(values.expect, url, setting)
  }
  const items = await itemsOf(await readRequests(url, values), setting, target)
  if (values.patch) {
    const chosen = items.find(({ isFine }) => !isFine) ?? items[0]
    if (chosen !== undefined) await printPatch(chosen.diagnosis, config, io)
  } else report(items, setting)
  return Math.max(...items.map(({ diagnosis }) => exitOf(diagnosis, setting.failOn)))
}

/** The values of the options of `corsmith check`, as they were written. */
type Values = ReturnType<typeof parseArgs<{ options: typeof COMMAND_OPTIONS.check }>>['values']

/** Reads how requests are examined, and how the report looks. */
function settingOf(values: Values, target: Target | undefined, io: Io, paint: Paint): CheckSetting {
  const timeoutMs = wholeNumber('--timeout', values.timeout, 10, [1, MAX_TIMEOUT]) * 1000
  const insecure = values.insecure === true
  const transport = createWireClient({ timeoutMs, insecure })
  const most = values['max-requests']
  const maxRequests = most === undefined ? {} : { maxRequests: wholeNumber('--max-requests', most, 40, [1, 10_000]) }
  // The operations of an API are counted, not the requests.
  const countsRequests = values.openapi === undefined && values.routes === undefined
  return {
    io,
    paint,
    transport,
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'blocked', THRESHOLDS),
    format: values.json ? 'json' : (readFormat(values.format) ?? 'text'),
    verbose: values.verbose === true,
    insecure,
    examine: async (request, send) => {
      const progress = createProgress(countsRequests ? io : { ...io, showsProgress: false })
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
          ...maxRequests,
        })
      } catch (error) {
        // `fetch()` throws a TypeError for a request that no page can make. Here the command line
        // asked for it.
        if (error instanceof TypeError) throw new UsageError(error.message)
        throw error
      } finally {
        progress.end()
      }
    },
  }
}

/** Reads which operations of an API description, or of a table of routes, are checked. */
function operationsIn(path: string, values: Values, base: string | undefined) {
  const holds = values.openapi === undefined ? ('routes' as const) : ('openapi' as const)
  const origin = values.origin === undefined ? null : readOrigin(values.origin)
  if (origin === null && holds === 'openapi')
    throw new UsageError('no origin of a page: --origin https://app.example.com')
  return { path, holds, base, origin, save: values.save }
}

/** Examines each request: on the network, or in the archive that holds it. */
async function itemsOf(
  requests: Awaited<ReturnType<typeof readRequests>>,
  setting: CheckSetting,
  target: Target | undefined,
): Promise<readonly ReportItem[]> {
  const items: ReportItem[] = []
  for (const { request, entry, notes } of requests) {
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
  return items
}

/** Reads the pasted text that `corsmith check -` examines. */
async function pastedInput({ readInput }: Io): Promise<readonly string[]> {
  const text = (await readInput?.()) ?? ''
  if (text.trim() === '') throw new UsageError('nothing was pasted: write pbpaste | npx corsmith check -')
  return pastedArguments(text)
}

/**
 * Some servers answer browsers only, so it begins like Chromium's. The last word tells the owner of
 * the server who asked.
 */
const USER_AGENT = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 corsmith/${VERSION}`

function checkMessage(text: string, isJson: boolean, io: Io, paint: Paint): number {
  const message = recognizeMessage(text)
  if (message === null) {
    throw new UsageError(unknownMessage(text))
  }
  io.print(isJson ? messageJson(message, VERSION) : messageText(message, paint))
  return EXIT.ok
}
