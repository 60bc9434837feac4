/** A run as Markdown. */
import { unmeasured, type Verdict } from './judge.ts'
import type { Result } from './repeated.ts'
import { CONTROL } from './row.ts'
import type { Run } from './run-data.ts'
import type { Timings } from './statistics.ts'
import type { Figures } from './turns.ts'

const TITLES: Readonly<Record<string, string>> = {
  hono: 'Against hono/cors, in-process',
  bodies: 'Responses that libraries tend to copy, in-process',
  floor: 'Against nothing but the writes',
  frameworks: 'Against what the frameworks bring along',
  node: 'The Node adapter, beside cors and @fastify/cors',
  growth: 'Growth',
  hostile: 'Hostile input',
  loopback: 'Real servers over loopback: processor time of the server per request',
  load: 'Sustained load on sixteen connections, one server at a time',
  heap: 'Heap, bytes per request',
  startup: 'Start-up',
  size: 'Size, bytes of brotli',
}

/** With what the others are compared, where a row has it. */
const PEERS = ['hono/cors', 'its own', 'cors', '@fastify/cors']

/** Writes the tables, each with the control of its own run, and the goals with what was reached. */
export function markdownOf(run: Run): string {
  const lines = [heading(run), '', ...goalTable(run.verdicts), ...unmeasuredOf(run)]
  for (const [suite, byRuntime] of Object.entries(run.results)) {
    lines.push(`### ${TITLES[suite] ?? suite}`, '')
    const rows = new Map(Object.values(byRuntime).flatMap((list) => list.map((row) => [row.id, row] as const)))
    for (const row of rows.values()) lines.push(...rowTable(row, byRuntime))
  }
  for (const [part, byRuntime] of Object.entries(run.figures)) {
    lines.push(`### ${TITLES[part] ?? part}`, '', ...figureTable(byRuntime))
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function heading({ date, machine, minutes, versions, peers }: Run): string {
  const list = (entries: Readonly<Record<string, string>>) =>
    Object.entries(entries)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')
  return `Measured on ${date}, in ${minutes.toFixed(0)} minutes, on ${machine}. ${list(versions)}. Peers: ${list(peers)}.`
}

function goalTable(verdicts: readonly Verdict[]): string[] {
  const missed = verdicts.filter(({ isReached }) => !isReached)
  const reasons = [...new Set(missed.map(({ reason }) => reason ?? 'no reason given'))]
  const body = verdicts.map((verdict) => {
    const note = reasons.indexOf(verdict.reason ?? 'no reason given') + 1
    const cells = [
      verdict.goal,
      verdict.runtime,
      `${verdict.atLeast ? '≥' : '≤'} ${verdict.limit}`,
      short(verdict.measured),
      verdict.interval === null ? '' : `${short(verdict.interval[0])}…${short(verdict.interval[1])}`,
      verdict.byHand === null ? '' : short(verdict.byHand),
      `${verdict.isReached ? 'reached' : `**missed** (${note})`}${verdict.isNoisy ? ' noisy' : ''}`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    '### Goals',
    '',
    `${verdicts.length - missed.length} of ${verdicts.length} reached. "By hand" is what it would be if the same writes were all that happens.`,
    '',
    '| | runtime | goal | measured | 95 % | by hand | |',
    '|---|---|---:|---:|---:|---:|---|',
    ...body,
    '',
    ...(missed.length === 0 ? [] : ['Missed, and why:', '', ...reasons.map((reason, i) => `${i + 1}. ${reason}`), '']),
  ]
}

/** A run that was narrowed measures little; a whole one that leaves a goal out says so. */
function unmeasuredOf({ isWhole, verdicts, versions }: Run): string[] {
  const names = isWhole ? unmeasured(verdicts, Object.keys(versions)) : []
  return names.length === 0 ? [] : ['Not measured:', '', ...names.map((name) => `- ${name}`), '']
}

function rowTable(row: Result, byRuntime: Readonly<Record<string, readonly Result[]>>): string[] {
  const names = Object.keys(row.timings).filter((name) => name !== CONTROL)
  const style = styleOf(row)
  const body = Object.entries(byRuntime).flatMap(([runtime, list]) => {
    const found = list.find(({ id }) => id === row.id)
    if (found === undefined) return []
    const cells = names.map((name, i) => STYLES[style](found.timings, name, i === 0))
    const control = `${(found.control * 100).toFixed(1)} %${found.isNoisy ? ' noisy' : ''}`
    return [`| ${runtime} | ${cells.join(' | ')} | ${control} | ${found.processes} |`]
  })
  return [
    `**${row.title}**${UNITS[style]}`,
    '',
    `| | ${names.join(' | ')} | control | processes |`,
    `|---|${'---:|'.repeat(names.length + 2)}`,
    ...body,
    '',
  ]
}

type Style = 'added' | 'total' | 'ratio' | 'share'
type Cell = (timings: Timings, name: string, isBase: boolean) => string

const UNITS: Readonly<Record<Style, string>> = {
  added: ', ns: the bare app, and what each adds to it (times less than the peer)',
  total: ', ns in all (times faster than the peer)',
  ratio: ', ns, and times the first',
  share: ', µs: the bare app, and what each adds to it',
}

function styleOf({ id, timings }: Result): Style {
  if (id.startsWith('loopback')) return 'share'
  // A preflight is answered without the app: what it adds to the app says nothing.
  if (id.endsWith('-preflight') ? 'its own' in timings : id.startsWith('preflight')) return 'total'
  return PEERS.some((peer) => peer in timings) || id === 'floor-get' ? 'added' : 'ratio'
}

const STYLES: Readonly<Record<Style, Cell>> = {
  added: (timings, name, isBase) =>
    isBase ? count(timings[name]?.ns) : signed(timings[name]?.added) + timesLess(timings, name, 'added'),
  total: (timings, name) => count(timings[name]?.ns) + timesLess(timings, name, 'ns'),
  ratio: (timings, name, isBase) =>
    isBase ? count(timings[name]?.ns) : `${short(timings[name]?.ratio ?? Number.NaN)}×`,
  share: (timings, name, isBase) => {
    const { ns = Number.NaN, added = Number.NaN, ratio = Number.NaN } = timings[name] ?? {}
    return isBase ? (ns / 1000).toFixed(1) : `${signed(added / 1000, 1)} (${((ratio - 1) * 100).toFixed(0)} %)`
  },
}

function timesLess(timings: Timings, name: string, what: 'added' | 'ns'): string {
  const peer = PEERS.find((one) => one in timings)
  if (peer === undefined || !(OURS.has(name) || name === 'by hand')) return ''
  return ` (${short((timings[peer]?.[what] ?? Number.NaN) / (timings[name]?.[what] ?? Number.NaN))}×)`
}
const OURS = new Set(['middleware', 'wrap', 'corsmith/node'].flatMap((name) => [name, `${name}, compiled`]))

function figureTable(byRuntime: Readonly<Record<string, Figures>>): string[] {
  const runtimes = Object.keys(byRuntime)
  const names = [...new Set(Object.values(byRuntime).flatMap(({ values }) => Object.keys(values)))]
  return [
    `| | ${runtimes.join(' | ')} |`,
    `|---|${'---:|'.repeat(runtimes.length)}`,
    ...names.map((name) => {
      const cells = runtimes
        .map((runtime) => byRuntime[runtime]?.values[name])
        .map((value) => (value === undefined ? '' : short(value)))
      return `| ${name} | ${cells.join(' | ')} |`
    }),
    '',
  ]
}

function count(value = Number.NaN): string {
  return Math.round(value).toLocaleString('en-GB')
}

function signed(value = Number.NaN, digits = 0): string {
  const text = value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return value < 0 ? text : `+${text}`
}

function short(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? count(value)
    : value.toFixed(Math.abs(value) >= 100 ? 0 : 2)
}
