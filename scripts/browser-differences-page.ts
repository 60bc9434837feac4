/** Writes docs/browser-differences.md from the simulator's table of rules and the recordings. A test says when it is out of date. */
import { writeFileSync } from 'node:fs'
import { type BrowserName, DIVERGENCES, type Divergence, type RuleValue } from '../src/browser.ts'
import { type Exhibit, type RecordedObservation, readRecordings } from '../test/browsers/recordings.ts'
import type { Hop, Recipe, Scenario, Step, StepResult } from '../test/browsers/scenario.ts'

const NAMES: Readonly<Record<BrowserName, string>> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' }

const INTRO = `Chromium, Firefox and WebKit leave the Fetch Standard in ${DIVERGENCES.length} points that bear on CORS. The simulator of
\`corsmith/testing\` and \`corsmith/browser\` has one rule for each; \`DIVERGENCES\` lists them and \`rulesOf(browser)\` gives their values.

Each exchange below was recorded in the real browsers. \`A\`, \`B\` and \`C\` are three origins, and \`T\` is one that speaks TLS; the page is
on \`A\`. \`{A}\` in a header is that origin, \`{1}\` is the URL with that number. After the arrow stands what the page got. In brackets stand
the names that it could read, in parentheses what the browser reported. Where no page can observe a rule, the browser's source is named.
\`npm run docs\` makes this page from the table and the recordings.`

/** Writes the page, as Markdown. */
export function browserDifferencesPage(): string {
  const recordings = readRecordings()
  const sections = DIVERGENCES.map((divergence) => {
    const recording = recordings[divergence.rule]
    const shown =
      recording === undefined ? [] : 'source' in recording ? sources(recording.source) : exchange(divergence, recording)
    return [`## ${divergence.rule}`, `${divergence.doc} ([standard](${divergence.spec}))`, values(divergence), ...shown]
  })
  return `${['# Differences between browsers', INTRO, ...sections.flat()].join('\n\n')}\n`
}

/** The value of the standard and of each browser that differs, on one line. */
function values({ standard, browsers }: Divergence): string {
  const shown = (value: RuleValue): string =>
    value === Number.POSITIVE_INFINITY ? 'no limit' : `\`${JSON.stringify(value)}\``
  const differing = (Object.keys(NAMES) as BrowserName[]).flatMap((name) => {
    const value = browsers[name]
    return value === undefined ? [] : [`${NAMES[name]}: ${shown(value)}`]
  })
  return [`Standard: ${shown(standard)}`, ...differing].join(' · ')
}

function sources(source: Readonly<Partial<Record<BrowserName, string>>>): string[] {
  return [
    (Object.entries(source) as [BrowserName, string][]).map(([name, place]) => `- ${NAMES[name]}: ${place}`).join('\n'),
  ]
}

function exchange({ browsers }: Divergence, exhibit: Exhibit): string[] {
  const { scenario } = exhibit
  const server = scenario.hops.flatMap((hop, index) => (hop.url === undefined ? [`server: ${answer(hop, index)}`] : []))
  const observed = (Object.keys(browsers) as BrowserName[]).flatMap((name) => {
    const found = exhibit[name]
    return found === undefined ? [] : [`${NAMES[name]} ${found.version}: ${outcome(found, scenario)}`]
  })
  return [['```', `page: ${script(scenario)}`, ...server, ...observed, '```'].join('\n')]
}

/** What the page does, as calls. */
function script({ page, steps, hops }: Scenario): string {
  const calls: string[] = []
  for (const step of steps) calls.push(call(step, hops))
  const [first] = calls
  const isRepeated = calls.length > 1 && calls.every((one) => one === first)
  const text = isRepeated ? `${first}, ${calls.length} times` : calls.join('; ')
  return page === undefined ? text : `on ${page}: ${text}`
}

function call({ hop = 0, delay = 0, query: _, initiator = 'fetch', ...init }: Step, hops: readonly Hop[]): string {
  const target = hops[hop]
  const url = target?.url === undefined ? (target?.site ?? '') : JSON.stringify(target.url)
  const { headers = [] } = init
  const isMany = headers.length > 2 && headers.every((line) => String(line) === String(headers[0]))
  const shown = isMany ? { ...init, headers: headers.slice(0, 1) } : init
  const given = Object.keys(shown).length === 0 ? '' : `, ${shortened(JSON.stringify(shown))}`
  const times = isMany ? `, with ${headers.length} lines of that header` : ''
  return `${delay === 0 ? '' : `${delay / 1000} s later: `}${initiator}(${url}${given})${times}`
}

/** How a URL answers. */
function answer({ site, host, pre, act }: Hop, index: number): string {
  const place = `${index} on ${site}${host === undefined ? '' : `, host ${host}`}`
  if (pre === undefined) return `${place}: ${recipe(act)}`
  return `${place}: preflight ${recipe(pre)}; request ${recipe(act)}`
}

function recipe({ status = 200, headers = [], destroy = false }: Recipe = {}): string {
  if (destroy) return 'closes the connection'
  return [String(status), ...headers.map(([name, value]) => `${name}: ${escaped(value)}`)].join(', ').replace(',', '')
}

/** What a browser sent, and what the page got. */
function outcome({ requests, steps, reasons, sites }: RecordedObservation, scenario: Scenario): string {
  const isAboutSites = scenario.page !== undefined && sites?.some((site) => site !== '')
  const sent = requests.map((line, index) => {
    const site = isAboutSites ? `, Sec-Fetch-Site ${sites?.[index] || 'absent'}` : ''
    return `${line.replace(' acrm=', ' asks ').replace(' acrh=', ' with ').replace(' origin=', ' Origin ')}${site}`
  })
  const told = reasons.length === 0 ? '' : ` (${[...new Set(reasons)].join(', ')})`
  return `${sent.length === 0 ? 'nothing sent' : sent.join('; ')} → ${steps.map(result).join('; ')}${told}`
}

function result({ ok, status, type, names }: StepResult): string {
  if (!ok) return 'network error'
  return `${status} ${type}${names.length === 0 ? '' : ` [${names.join(', ')}]`}`
}

/** Long runs of one character, as `a×120`. */
function shortened(text: string): string {
  return text.replace(/(.)\1{19,}/g, (run: string, char: string) => `${char}×${run.length}`)
}

/** Bytes beyond ASCII are shown by their numbers. */
function escaped(value: string): string {
  return value.replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)
}

if (import.meta.main) writeFileSync('docs/browser-differences.md', browserDifferencesPage())
