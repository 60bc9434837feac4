/** The verdict, large, and each engine's with the line in its console. */
import {
  BROWSER_NAMES,
  type BrowserName,
  consoleLine,
  type Diagnosis,
  type Explanation,
  verdictName,
} from 'corsmith/diagnose'
import { byId, codeBlock, h, unseen } from './dom.ts'
import type { Examination } from './examine.ts'
import { sentence } from './steps.ts'

/** What people call an engine. */
export const NAMES: Readonly<Record<BrowserName, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'WebKit',
}

/** The browsers that run on it. */
const BROWSERS: Readonly<Record<BrowserName, string>> = {
  chromium: 'Chrome, Edge, Opera',
  firefox: 'Firefox',
  webkit: 'Safari',
}

/** A verdict in a word, a sign and a sentence. */
export interface Summary {
  readonly outcome: 'shared' | 'opaque' | 'blocked' | 'none'
  readonly title: string
  readonly text: string
}

/** Sums up an examination. */
export function summarise({ issues, problem, result }: Examination): Summary {
  if (problem !== null) return { outcome: 'none', title: 'No such request', text: sentence(problem) }
  if (result === null) {
    const defects = issues.filter(({ issue }) => issue.severity === 'error').length
    const text = `createCors() throws: the policy has ${defects} ${defects === 1 ? 'defect' : 'defects'}. A server would not start with it.`
    return { outcome: 'none', title: 'Does not construct', text }
  }
  return summaryOf(result.explanation)
}

function summaryOf({ shared, failure, findings, decision, verdicts, call }: Explanation): Summary {
  const first = findings[0]
  if (!shared) {
    const during = failure?.during === 'preflight' ? 'The preflight fails: ' : ''
    const message = first?.message ?? `${failure?.code} at ${failure?.step}`
    return { outcome: 'blocked', title: 'Blocked', text: sentence(during + message) }
  }
  if (verdicts.chromium.shared && verdicts.chromium.type === 'opaque')
    return {
      outcome: 'opaque',
      title: 'Sent, and not readable',
      text: first === undefined ? '' : sentence(first.message),
    }
  if (call.url.origin === call.origin)
    return { outcome: 'shared', title: 'Same origin', text: 'The page may read its own server without any CORS.' }
  return {
    outcome: 'shared',
    title: 'Shared',
    text: `The page may read the response: ${ruleOf(decision.rule, call.origin)}`,
  }
}

function ruleOf(rule: string | null, origin: string): string {
  if (rule === '*') return 'the policy allows every origin.'
  return rule === origin || rule === null ? `${origin} is listed.` : `${origin} matches ${rule}.`
}

/** The sign of each outcome. */
export const SIGNS = { shared: '✓', opaque: '–', blocked: '✕', none: '?' } as const

/** Shows the verdict. */
export function showVerdict(examination: Examination): void {
  const summary = summarise(examination)
  const card = byId('verdict')
  card.dataset.outcome = summary.outcome
  const engines =
    examination.result &&
    h(
      'ul',
      { className: 'engines' },
      ...BROWSER_NAMES.map((engine) => engineRow(engine, examination.result?.explanation)),
    )
  byId('verdict-body').replaceChildren(
    h(
      'div',
      { className: 'big' },
      h('span', { className: 'sign', 'aria-hidden': 'true' }, SIGNS[summary.outcome]),
      h('div', {}, h('p', { className: 'title' }, summary.title), h('p', { className: 'text' }, summary.text)),
    ),
    ...(engines === null ? [] : [engines]),
    ...(examination.thrown === null || engines !== null
      ? []
      : [codeBlock(examination.thrown, 'what createCors() throws')]),
  )
  byId('trial').hidden = examination.result === null
  byId('peek').textContent = `${SIGNS[summary.outcome]} ${summary.title}`
  byId('peek').dataset.outcome = summary.outcome
}

/** Shows what one engine makes of a request. */
export function engineRow(engine: BrowserName, explanation: Diagnosis | undefined): HTMLElement {
  if (explanation === undefined) return h('li')
  const name = verdictName(explanation, engine)
  const line = consoleLine(explanation, engine)
  const verdict = explanation.verdicts[engine]
  const isOpaque = verdict.shared && verdict.type === 'opaque'
  const outcome = name === 'shared' ? (isOpaque ? 'opaque' : 'shared') : 'blocked'
  const code = outcome === 'blocked' && engine !== 'webkit' ? h('code', { className: 'code-name' }, name) : null
  return h(
    'li',
    { 'data-engine': engine, 'data-outcome': outcome },
    h(
      'div',
      { className: 'engine' },
      h('strong', {}, NAMES[engine]),
      h('span', { className: 'quiet' }, BROWSERS[engine] === NAMES[engine] ? '' : BROWSERS[engine]),
      h('span', { className: 'chip' }, `${SIGNS[outcome]} ${outcome}`),
      code,
    ),
    line === null ? null : h('p', { className: 'console' }, unseen('In the console: '), line),
  )
}
