/** The issues of the policy: a list below the editor, and a mark at each line. */
import type { PolicyIssue } from 'corsmith'
import { button, byId, h, link, unseen } from './dom.ts'
import { selectInPolicy } from './form.ts'
import { type PlacedIssue, takeSuggestions } from './policy-text.ts'
import { clip } from './scenario.ts'

/** Shows issues. `apply` is given the policy's text with a suggestion taken. */
export function showIssues(issues: readonly PlacedIssue[], text: string, apply: (policy: string) => void): void {
  const errors = issues.filter(({ issue }) => issue.severity === 'error').length
  const warnings = issues.length - errors
  const state = byId('policy-state')
  state.dataset.state = errors > 0 ? 'bad' : warnings > 0 ? 'warn' : 'good'
  state.textContent =
    errors + warnings === 0
      ? '✓ no defects'
      : [count(errors, '✕', 'defect'), count(warnings, '!', 'warning')].filter(Boolean).join('  ')
  byId('policy').setAttribute('aria-invalid', String(errors > 0))
  byId('issues').replaceChildren(
    ...issues.slice(0, MOST).map((placed) => item(placed, apply)),
    ...rest(issues.length),
    ...takeAll(issues, text, apply),
  )
  mark(issues, text.split('\n').length)
}

/** More than a person reads. */
const MOST = 30

function rest(all: number): readonly HTMLElement[] {
  return all > MOST ? [h('li', { className: 'quiet' }, `… and ${all - MOST} more`)] : []
}

function takeAll(
  issues: readonly PlacedIssue[],
  text: string,
  apply: (policy: string) => void,
): readonly HTMLElement[] {
  const sure = issues.filter(({ issue, corrected }) => corrected !== null && issue.review !== true)
  if (sure.length < 2) return []
  return [
    h(
      'li',
      {},
      button('Take every sure suggestion', () => apply(takeSuggestions(text)), { id: 'take-all' }),
    ),
  ]
}

function count(number: number, sign: string, what: string): string {
  return number === 0 ? '' : `${sign} ${number} ${what}${number === 1 ? '' : 's'}`
}

function item({ issue, span, line, syntax, corrected }: PlacedIssue, apply: (policy: string) => void): HTMLElement {
  const isError = issue.severity === 'error'
  const place = pathOf(issue.path)
  const where =
    span === null
      ? h('span', { className: 'place' }, place)
      : button(line === null ? place : `${place} · line ${line}`, () => selectInPolicy(span.start, span.end), {
          className: 'place',
          title: 'Show it in the policy',
        })
  return h(
    'li',
    { className: isError ? 'issue bad' : 'issue warn', 'data-code': issue.code },
    h(
      'p',
      { className: 'line' },
      h('span', { className: 'sign', 'aria-hidden': 'true' }, isError ? '✕' : '!'),
      unseen(isError ? 'Defect: ' : 'Warning: '),
      where,
      shownValue(issue),
    ),
    h('p', {}, syntax ?? issue.message),
    h(
      'p',
      { className: 'actions' },
      corrected === null
        ? null
        : button(actionOf(issue), () => apply(corrected), { className: 'small', 'data-apply': issue.code }),
      h('code', { className: 'why' }, `npx corsmith why ${issue.code}`),
      issue.spec === undefined ? null : link(issue.spec, 'The standard'),
    ),
  )
}

function shownValue({ value, path }: PolicyIssue): HTMLElement | null {
  if (path.length === 0 || value === undefined) return null
  return h('code', { className: 'value' }, clip(JSON.stringify(value) ?? String(value), 60))
}

/** What completes a guess is asked, not said. */
function actionOf({ code, suggestion, review }: PolicyIssue): string {
  if (suggestion === null) return 'Leave it out'
  const action =
    code === 'unknown-key' ? `Call it ${String(suggestion)}` : `Write ${clip(JSON.stringify(suggestion), 48)}`
  return review === true ? `${action}?` : action
}

function pathOf(path: readonly (string | number)[]): string {
  const steps = path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
  return clip(steps.join('') || 'policy', 40)
}

/** Numbers the lines, and marks those with an issue: by a sign as well as by a colour. */
function mark(issues: readonly PlacedIssue[], lines: number): void {
  const worst = new Map<number, 'bad' | 'warn'>()
  for (const { issue, line } of issues)
    if (line !== null && worst.get(line) !== 'bad') worst.set(line, issue.severity === 'error' ? 'bad' : 'warn')
  byId('gutter').textContent = Array.from({ length: lines }, (_, index) => {
    const state = worst.get(index + 1)
    return `${state === undefined ? ' ' : state === 'bad' ? '✕' : '!'} ${index + 1}`
  }).join('\n')
  byId('marks').replaceChildren(
    ...[...worst].map(([line, state]) => {
      const stripe = h('div', { className: state })
      stripe.style.setProperty('--line', String(line - 1))
      return stripe
    }),
  )
}
