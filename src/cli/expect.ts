import { type PageRequest, type ReportItem, toJson } from '../diagnose.ts'
import type { CheckSetting } from './check.ts'
import { exitOf, report, titleOf } from './check.ts'
import { readJson, readOrigin } from './input.ts'
import { EXIT, UsageError } from './io.ts'
import { printable } from './paint.ts'
import { VERSION } from './version.ts'

/** One line of a file of expectations. */
interface Expectation {
  readonly name: string | null
  readonly request: PageRequest
  readonly wants: 'shared' | 'refused'
  readonly code: string | null
}

/** The keys of an expectation, and whether they must be there. */
const EXPECTED = {
  name: false,
  url: false,
  origin: true,
  method: false,
  headers: false,
  credentials: false,
  mode: false,
  reads: false,
  expect: true,
  code: false,
  body: false,
}
const KEYS: readonly string[] = Object.keys(EXPECTED)

/**
 * Runs `corsmith check --expect`: every line of the file must come out as it says. A refusal that was expected is a success; a server
 * that cannot be reached is neither.
 *
 * @param base what relative URLs of the file are relative to, instead of its own `base`
 */
export async function checkExpectations(
  path: string,
  base: string | undefined,
  setting: CheckSetting,
): Promise<number> {
  const { io, paint, format } = setting
  const expectations = readExpectations(readJson(path), path, base)
  const items: ReportItem[] = []
  let exit: number = EXIT.ok
  for (const { name, request, wants, code } of expectations) {
    const diagnosis = await setting.examine(request)
    const isShared = diagnosis.conclusion === 'allowed' || diagnosis.conclusion === 'allowed-unverified'
    const hasCode =
      code === null || diagnosis.failure?.code === code || diagnosis.findings.some((finding) => finding.code === code)
    const isMet = diagnosis.conclusion !== 'error' && isShared === (wants === 'shared') && hasCode
    const own = exitOf(diagnosis, setting.failOn)
    const result =
      diagnosis.conclusion === 'error' ? EXIT.untested : !isMet ? EXIT.blocked : own === EXIT.findings ? own : EXIT.ok
    exit = worse(exit, result)
    items.push({
      title: name ?? titleOf(diagnosis),
      diagnosis,
      isFine: result === EXIT.ok,
      expected: code === null ? wants : `${wants} (${code})`,
    })
  }
  if (format === 'json') {
    const results = items.map(({ title, isFine, expected, diagnosis }) => ({
      name: title,
      passed: isFine,
      expected,
      report: toJson(diagnosis, VERSION),
    }))
    io.print(
      JSON.stringify(
        { schema: 1, tool: { name: 'corsmith', version: VERSION }, passed: exit === EXIT.ok, results },
        null,
        2,
      ),
    )
  } else if (format === 'text') {
    for (const { title, isFine, expected, diagnosis } of items) {
      const first = diagnosis.findings[0]
      const why = isFine || first === undefined ? '' : `\n    ${printable(first.message)}`
      io.print(
        `${isFine ? paint('green', '✓') : paint('red', '✗')} ${printable(title)}: ${diagnosis.conclusion}, expected ${expected}${why}`,
      )
    }
    io.print(`${items.filter(({ isFine }) => isFine).length} of ${items.length} as expected`)
  } else {
    report(items, setting)
  }
  return exit
}

/** A mismatch weighs more than a server that was not reached, and that more than a warning. */
function worse(a: number, b: number): number {
  const order: readonly number[] = [EXIT.ok, EXIT.findings, EXIT.untested, EXIT.blocked]
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}

function readExpectations(data: unknown, path: string, base: string | undefined): readonly Expectation[] {
  const file = asRecord(data)
  const checks = Array.isArray(data) ? data : file?.checks
  if (!Array.isArray(checks) || checks.length === 0) {
    throw new UsageError(
      `${path} holds no checks: { "base": "https://api.example.com", "checks": [{ "url": "/", "origin": "https://app.example.com", "expect": "shared" }] }`,
    )
  }
  const root = base ?? (typeof file?.base === 'string' ? file.base : undefined)
  return checks.map((entry: unknown, i) => readExpectation(entry, `${path}: checks[${i}]`, root))
}

function readExpectation(entry: unknown, place: string, base: string | undefined): Expectation {
  const check = asRecord(entry)
  if (check === null) throw new UsageError(`${place} is no object`)
  const unknown = Object.keys(check).find((key) => !KEYS.includes(key))
  if (unknown !== undefined) throw new UsageError(`${place}.${unknown}: the keys are ${KEYS.join(', ')}`)
  const url = URL.parse(String(check.url ?? '/'), base)
  if (url === null)
    throw new UsageError(`${place}.url: ${JSON.stringify(check.url ?? null)} is no URL; give the file a "base"`)
  if (typeof check.origin !== 'string') throw new UsageError(`${place}.origin: the origin of the page is missing`)
  const wants = check.expect
  if (wants !== 'shared' && wants !== 'refused') throw new UsageError(`${place}.expect: write "shared" or "refused"`)
  const headers = asRecord(check.headers)
  return {
    name: typeof check.name === 'string' ? check.name : null,
    wants,
    code: typeof check.code === 'string' ? check.code : null,
    request: {
      url: url.href,
      origin: readOrigin(check.origin),
      ...(typeof check.method === 'string' ? { method: check.method } : {}),
      ...(headers === null
        ? {}
        : { headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as const) }),
      ...(check.credentials === 'include' || check.credentials === 'omit' ? { credentials: check.credentials } : {}),
      ...(check.mode === 'no-cors' || check.mode === 'same-origin' ? { mode: check.mode } : {}),
      ...(typeof check.body === 'string' ? { body: check.body } : {}),
      ...(Array.isArray(check.reads) ? { reads: check.reads.map(String) } : {}),
    },
  }
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}
