/// <reference types="node" />
import { writeFileSync } from 'node:fs'
import { clip } from '../diagnose/page-request.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { redactSaid } from '../diagnose/report/redact.ts'
import { type Diagnosis, type PageRequest, type ReportItem, toJson } from '../diagnose.ts'
import { type ApiDescription, type Operation, readOpenApi } from '../learn/openapi.ts'
import { EXIT, UsageError } from './io.ts'
import { type CheckSetting, exitOf, report } from './report.ts'
import { operationsOfRoutes } from './route-operations.ts'
import { VERSION } from './version.ts'
import { readData } from './yaml.ts'

/** What `check --openapi` and `check --routes` are asked for. */
interface Asked {
  /** The file. */
  readonly path: string
  /** What the file holds: an API description, or routes with their policies. */
  readonly holds: 'openapi' | 'routes'
  /** The address of the server, in place of the one in the description. */
  readonly base: string | undefined
  /** The origin of the page; null for the first one that each route names. */
  readonly origin: string | null
  /** Where to write a file of expectations; undefined for none. */
  readonly save: string | undefined
}

interface Checked {
  readonly operation: Operation
  readonly request: PageRequest
  readonly diagnosis: Diagnosis
}

/** So many operations are examined at a time. A server must not notice a load. */
const AT_ONCE = 4

/**
 * Runs `corsmith check --openapi` and `--routes`: every operation of an API description, or every
 * method of every route, with the headers that it declares. Requests with side effects are decided
 * by their preflight alone, unless `--send` is given.
 *
 * @throws {UsageError} for a description that cannot be read, or without an address
 */
export async function checkOperations(asked: Asked, setting: CheckSetting): Promise<number> {
  const { server, operations, leftOut } = await describe(asked)
  const base = asked.base ?? server
  if (base === null || !URL.canParse(base))
    throw new UsageError(`${asked.path} names no server: add its URL, as in https://api.example.com`)
  const checked = await inTurns(operations, setting, async (operation): Promise<Checked> => {
    const origin = asked.origin ?? operation.origin ?? null
    if (origin === null)
      throw new UsageError(`${operation.name}: its policy names no single origin: --origin https://app.example.com`)
    const request = requestOf(operation, base, origin)
    return { operation, request, diagnosis: await setting.examine(request) }
  })
  if (setting.format === 'text') printTable(checked, setting)
  else if (setting.format === 'json') {
    const operations = checked.map(({ operation, diagnosis }) => ({
      operation: operation.name,
      ...toJson(diagnosis, VERSION),
    }))
    setting.io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, operations }))
  } else
    report(
      checked.map((each) => itemOf(each, setting)),
      setting,
    )
  for (const each of leftOut) setting.io.warn(`not asked: ${printable(each)}\n`)
  if (asked.save !== undefined) save(asked.save, base, checked, setting)
  return Math.max(...checked.map(({ diagnosis }) => exitOf(diagnosis, setting.failOn)))
}

async function describe({ path, holds }: Asked): Promise<ApiDescription & { readonly leftOut: readonly string[] }> {
  if (holds === 'routes') return { server: null, ...(await operationsOfRoutes(path)) }
  const value = await readData(path)
  try {
    return { ...readOpenApi(value), leftOut: [] }
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}

function requestOf(
  { method, path, headers, exposed, credentials }: Operation,
  base: string,
  origin: string,
): PageRequest {
  return {
    url: base.replace(/\/$/, '') + path,
    origin,
    method,
    headers: headers.map(([name, value]) => [name, value] as const),
    ...(credentials ? { credentials: 'include' as const } : {}),
    ...(exposed.length > 0 ? { reads: exposed } : {}),
  }
}

/** Runs a few at a time, and counts on a terminal. The results keep the order. */
async function inTurns<T, R>(
  items: readonly T[],
  { io }: CheckSetting,
  run: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>()
  let next = 0
  const worker = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) {
      results.set(i, await run(items[i] as T))
      if (io.showsProgress) io.warn(`\r\u001b[2K${results.size} of ${items.length} operations`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
  if (io.showsProgress) io.warn('\r\u001b[2K')
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result)
}

/** One line for each operation: verdict and first cause. */
function printTable(checked: readonly Checked[], { io, paint, failOn }: CheckSetting): void {
  const width = Math.min(60, Math.max(...checked.map(({ operation }) => operation.name.length)))
  for (const { operation, diagnosis } of checked) {
    const exit = exitOf(diagnosis, failOn)
    const mark =
      exit === EXIT.ok ? paint('green', '✓') : exit === EXIT.blocked ? paint('red', '✗') : paint('yellow', '!')
    const cause = exit === EXIT.ok && diagnosis.conclusion !== 'allowed-unverified' ? undefined : diagnosis.findings[0]
    const why = cause === undefined ? '' : `  ${cause.code}: ${clip(redactSaid(cause.message), 160)}`
    io.print(`${mark} ${printable(`${operation.name.padEnd(width)}  ${VERDICTS[diagnosis.conclusion]}${why}`)}`)
  }
  const shared = checked.filter(({ diagnosis }) => exitOf(diagnosis, failOn) === EXIT.ok).length
  io.print(`${shared} of ${checked.length} operations are shared`)
}

const VERDICTS: Readonly<Record<Diagnosis['conclusion'], string>> = {
  allowed: 'shared',
  'allowed-unverified': 'permitted; not sent',
  blocked: 'blocked',
  error: 'not tested',
}

function itemOf({ operation, diagnosis }: Checked, { failOn }: CheckSetting): ReportItem {
  return { title: operation.name, diagnosis, isFine: exitOf(diagnosis, failOn) === EXIT.ok, expected: null }
}

/**
 * Writes what came out as expectations, for `check --expect`. It leaves out what was not tested, and
 * what was only permitted: `--expect` would not send it either.
 */
function save(path: string, base: string, checked: readonly Checked[], { io }: CheckSetting): void {
  const tested = checked.filter(({ diagnosis: { conclusion } }) => conclusion === 'allowed' || conclusion === 'blocked')
  const checks = tested.map(({ operation, request, diagnosis }) => ({
    name: operation.name,
    url: request.url,
    origin: request.origin,
    method: operation.method,
    ...(operation.headers.length > 0 ? { headers: Object.fromEntries(operation.headers) } : {}),
    ...(request.credentials === undefined ? {} : { credentials: request.credentials }),
    ...(request.reads === undefined ? {} : { reads: request.reads }),
    expect: diagnosis.conclusion === 'blocked' ? 'refused' : 'shared',
    ...(diagnosis.failure == null ? {} : { code: diagnosis.failure.code }),
  }))
  if (checks.length === 0) throw new UsageError('--save: no operation was tested, so there is nothing to expect')
  writeFileSync(path, `${JSON.stringify({ base, checks }, null, 2)}\n`)
  const left = checked.length - checks.length
  const rest = left === 0 ? '' : `; ${left} were not sent: --send tests them too`
  io.warn(`${printable(path)}: ${checks.length} expectations${rest}\n`)
}
