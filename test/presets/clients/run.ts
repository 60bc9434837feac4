/**
 * `npm run test:clients`: runs the client packages in simulated pages of three browsers against policies made of the presets.
 *
 * Each client must work. Then each entry of its preset is removed in turn: an entry is proven if a client then fails, or sees something
 * else. What was sent is written to test/vectors/client-requests.json, which the unit tests replay, and the table to docs/presets.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BROWSERS, type ClientRun, type Engine, LISTS, type Result, runOf, versionOf, without } from './run-of.ts'

const ROOT = join(import.meta.dirname, '../../..')
const VECTORS = join(ROOT, 'test/vectors/client-requests.json')
const PAGE = join(ROOT, 'docs/presets.md')

const FILES = ['models', 'rpc', 'mcp', 'uploads', 'telemetry', 'backends', 'files']
const only = process.argv[2]

const runs: ClientRun[] = []
for (const file of FILES.filter((name) => only === undefined || name === only))
  runs.push(...((await import(`./${file}.ts`)) as { runs: readonly ClientRun[] }).runs)

// What a client does after its page has ended reaches no network.
globalThis.fetch = () => Promise.reject(new TypeError('the page has ended'))

const proven = new Map<string, Set<string>>()
const vectors: object[] = []
const failed: string[] = []
const date = new Date().toISOString().slice(0, 10)

for (const run of runs) {
  const title = `${run.preset.name}: ${run.client} ${versionOf(run.client)} ${run.does}`
  const needed = new Set<string>()
  const reads = new Set<string>()
  let sent: Result['requests'] = []
  for (const browser of BROWSERS) {
    const whole = await runOf(run, run.preset, browser)
    if (whole.blocked.length > 0 || whole.seen.startsWith('threw')) {
      failed.push(`${title}, in ${browser}: ${whole.seen} ${whole.blocked.join(' ')} ${JSON.stringify(whole.requests)}`)
      continue
    }
    if (process.env.SHOW !== undefined) console.log(browser, title, whole.seen, JSON.stringify(whole.requests))
    // Firefox sends a User-Agent that a page sets, so it shows most of what the client does.
    if (browser === 'firefox') sent = whole.requests
    for (const list of LISTS) {
      for (const entry of run.preset[list] ?? []) {
        if (needed.has(`${list} ${entry}`)) continue
        if (!isTouched(whole, list, entry)) continue
        if (!(await isMissed(run, whole, list, entry, browser))) continue
        needed.add(`${list} ${entry}`)
        if (list !== 'exposedHeaders') continue
        for (const name of whole.answered) if (matches(entry, name)) reads.add(name)
      }
    }
  }
  console.log(`${title}: ${[...needed].join(', ')}`)
  const known = proven.get(run.preset.name) ?? new Set()
  for (const entry of needed) known.add(entry)
  proven.set(run.preset.name, known)
  const requests = [...new Set(sent.map((request) => JSON.stringify(request)))].map((text) => JSON.parse(text))
  const { client, does, credentials, preset } = run
  const version = versionOf(client)
  vectors.push({
    preset: preset.name,
    client,
    version,
    date,
    does,
    ...(credentials && { credentials }),
    requests,
    reads: [...reads].sort(),
  })
}

const presets = [...new Set(runs.map(({ preset }) => preset))]
for (const preset of presets) {
  const unproven = LISTS.flatMap((list): [string, readonly string[]][] => {
    const names = (preset[list] ?? []).filter((entry) => !proven.get(preset.name)?.has(`${list} ${entry}`))
    return names.length === 0 ? [] : [[list, names]]
  })
  const text = JSON.stringify(Object.fromEntries(unproven))
  if (text !== JSON.stringify(preset.unproven ?? {})) failed.push(`${preset.name}: \`unproven\` is ${text}`)
}

if (only === undefined && !failed.some((text) => text.includes(', in '))) {
  const lines = vectors.map((vector) => `  ${JSON.stringify(vector)}`)
  writeFileSync(VECTORS, `[\n${lines.join(',\n')}\n]\n`)
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8')))
}
for (const text of failed) console.error(`FAILED ${text}`)
const entries = presets.flatMap((preset) => LISTS.flatMap((list) => preset[list] ?? []))
const missed = [...proven.values()].reduce((sum, names) => sum + names.size, 0)
console.log(`${entries.length} entries of ${presets.length} presets, each taken out: ${missed} missed by a client`)
console.log(`${runs.length} runs, each in ${BROWSERS.length} browsers; ${failed.length} failed`)
process.exit(failed.length === 0 ? 0 : 1)

/** Tells whether a client fails or sees something else without an entry. It is asked twice, because some clients go by the clock. */
async function isMissed(
  run: ClientRun,
  whole: Result,
  list: (typeof LISTS)[number],
  entry: string,
  browser: Engine,
): Promise<boolean> {
  for (const _ of [1, 2]) {
    const part = await runOf(run, without(run.preset, list, entry), browser)
    if (part.blocked.length > 0) return true
    if (part.seen === whole.seen) return false
  }
  return true
}

/** Tells whether a run had to do with an entry at all. The others need no second run. */
function isTouched({ requests, answered }: Result, list: (typeof LISTS)[number], entry: string): boolean {
  if (list === 'methods') return requests.some(({ method }) => method === entry)
  const names = list === 'exposedHeaders' ? answered : requests.flatMap(({ headers }) => Object.keys(headers))
  return names.some((name) => matches(entry, name))
}

function matches(entry: string, name: string): boolean {
  const lower = entry.toLowerCase()
  return lower.endsWith('*') ? name.startsWith(lower.slice(0, -1)) : lower === name
}

/** The page with the clients of this run, one row each. */
function withTable(page: string): string {
  const rows = presets.map((preset) => {
    const clients = [
      ...new Set(runs.filter((run) => run.preset === preset).map(({ client }) => `${client} ${versionOf(client)}`)),
    ]
    return `| \`${preset.name}\` | ${clients.join(', ')} |`
  })
  const table = ['| preset | run with |', '|---|---|', ...rows].join('\n')
  return page.replace(
    /(<!-- clients: npm run test:clients -->\n)[\s\S]*?(<!-- \/clients -->)/,
    `$1\nLast run on ${date}.\n\n${table}\n\n$2`,
  )
}
