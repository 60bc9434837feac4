/// <reference types="node" />
import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { sightingOfLine } from '../learn/access-log.ts'
import { sightingsOfArchive } from '../learn/archive.ts'
import { type LeastPolicy, leastPolicy } from '../learn/least-policy.ts'
import type { Sighting } from '../learn/observation.ts'
import { readOpenApi, sightingsOfOperations } from '../learn/openapi.ts'
import { createTally } from '../learn/tally.ts'
import { diffPolicies } from '../policy/data/diff.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { withPolicyOf } from './defects.ts'
import { readText, sizeOf } from './files.ts'
import { atMost, readOrigin, wholeNumber } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { readPolicyFile } from './policy-file.ts'
import { VERSION } from './version.ts'
import { readData } from './yaml.ts'

/**
 * Runs `corsmith policy`: prints the least policy that shares what an API description, an archive or
 * an access log holds. The policy goes to standard output, and the reasons to standard error.
 */
export async function policyCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: COMMAND_OPTIONS.policy,
    allowPositionals: true,
  })
  atMost(0, positionals)
  const path = values.from
  if (path === undefined)
    throw new UsageError('no source: --from openapi.json, --from traffic.har or --from access.log')
  const origins = (values.origins ?? []).flatMap((text) => text.split(',')).map((text) => readOrigin(text.trim()))
  const isLog = !/\.(?:har|json|ya?ml)$/i.test(path)
  const sightings = await readSightings(path, origins, isLog)
  const min = wholeNumber('--min', values.min, isLog ? 2 : 1, [1, 1_000_000])
  const least = leastPolicy(sightings, min)
  const present = values.policy === undefined ? undefined : await readPolicyFile(values.policy)
  return printLeast(least, present, values.json === true, io)
}

/** Prints a least policy, its reasons, and how the present policy differs. */
export function printLeast(least: LeastPolicy, present: unknown, json: boolean, io: Io): number {
  const { policy, entries, leftOut } = least
  const diff =
    present === undefined || policy === null
      ? null
      : withPolicyOf('--policy', () => diffPolicies(present as CorsPolicy, policy))
  if (json) {
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, ...least, diff }))
  } else {
    // Line by line: the proxy prints no text with line breaks.
    if (policy !== null) for (const line of JSON.stringify(policy, null, 2).split('\n')) io.print(line)
    const times = (count: number) => `${count} ${count === 1 ? 'request' : 'requests'}`
    for (const { option, value, times: count, first } of entries)
      io.warn(`${printable(`${option} ${value}: ${times(count)}, such as ${first}`)}\n`)
    for (const { origin, times: count, why } of leftOut)
      io.warn(`${printable(`not allowed: ${origin}: ${times(count)}: ${why}`)}\n`)
    for (const { sentence } of diff?.allowed ?? []) io.warn(`beyond the present policy: ${printable(sentence)}\n`)
    for (const { sentence } of diff?.stopped ?? [])
      io.warn(`not needed of the present policy: ${printable(sentence)}\n`)
  }
  return policy === null ? EXIT.blocked : EXIT.ok
}

async function readSightings(path: string, origins: readonly string[], isLog: boolean): Promise<readonly Sighting[]> {
  if (isLog) return readLog(path)
  try {
    if (/\.har$/i.test(path)) return sightingsOfArchive(readText(path))
    const value = await readData(path)
    const isArchive = typeof value === 'object' && value !== null && 'log' in value
    if (isArchive) return sightingsOfArchive(JSON.stringify(value))
    const { operations } = readOpenApi(value)
    if (origins.length === 0)
      throw new UsageError('an API description names no pages: --origins https://app.example.com')
    return sightingsOfOperations(operations, origins)
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}

/** Reads a log line by line, so that its size does not matter. */
async function readLog(path: string): Promise<readonly Sighting[]> {
  sizeOf(path)
  const tally = createTally()
  let count = 0
  try {
    for await (const line of linesOf(path)) {
      if (line.trim() !== '') count++
      const sighting = sightingOfLine(line)
      if (sighting !== null) tally.add(sighting)
    }
  } catch (error) {
    throw new UsageError(`${path} cannot be read (${String((error as { code?: unknown }).code)})`)
  }
  const sightings = tally.all()
  if (sightings.length === 0)
    throw new UsageError(
      `${path}: none of its ${count} lines has an Origin: log it, as with "$http_origin" at the end of the combined format of nginx`,
    )
  return sightings
}

/** A line of a log is shorter. What is longer is cut, so that a file without line breaks fits too. */
const LONGEST_LINE = 65_536

/** Reads a file line by line, in the memory of one line. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    const [first = '', ...others] = String(chunk).split('\n')
    rest = (rest + first).slice(0, LONGEST_LINE)
    for (const next of others) {
      yield rest
      rest = next.slice(0, LONGEST_LINE)
    }
  }
  if (rest !== '') yield rest
}
