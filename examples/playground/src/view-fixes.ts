/** What to do: each finding, the policy's change as a comparison, code for a framework, and the requests for curl. */
import { CHOOSABLE, NOT_VISIBLE, TARGETS, type Target, toCurl } from 'corsmith/diagnose'
import { button, byId, codeBlock, h, link, unseen } from './dom.ts'
import type { Examination, Examined } from './examine.ts'
import { type Advice, toFixes, toSnippet } from './fix.ts'
import type { DiffLine } from './line-diff.ts'
import type { Scenario } from './scenario.ts'

/** Takes a changed scenario, with what to say about it. */
export type Apply = (scenario: Scenario, said: string) => void

const SIGNS = { error: '✕', security: '!', warning: '!', info: 'i' } as const
const SAID = { error: 'Error: ', security: 'Security: ', warning: 'Warning: ', info: 'Note: ' } as const

/** Shows what there is to do. */
export function showFixes({ scenario, result }: Examination, apply: Apply): void {
  const section = byId('fix')
  const fixes = result && toFixes(scenario, result.explanation)
  section.hidden = fixes === null || fixes.advice.length === 0
  if (fixes === null) return
  const { change, alternative } = fixes
  byId('fix-body').replaceChildren(
    h('ul', { className: 'findings' }, ...fixes.advice.map((each) => finding(each, apply))),
    ...(fixes.next === null ? [] : [h('p', { className: 'next quiet' }, fixes.next)]),
    ...(change === null
      ? []
      : [
          h('h3', { className: 'diff-title' }, 'The policy, changed by the least that helps'),
          h(
            'div',
            { className: 'diff', role: 'region', tabIndex: 0, 'aria-label': 'Change of the policy' },
            ...change.lines.map(diffLine),
          ),
          ...fixes.asks.map((ask) => h('p', { className: 'advice' }, ask)),
          h(
            'p',
            { className: 'actions' },
            button('Apply this fix', () => apply(change.scenario, 'The fix is applied to the policy.'), {
              className: 'primary',
              id: 'apply-fix',
            }),
            alternative === null
              ? null
              : button('Apply it with a pattern', () => apply(alternative, 'The fix is applied, with a pattern.'), {
                  id: 'apply-pattern',
                }),
          ),
        ]),
  )
}

function finding({ code, severity, message, advice, link: href, request }: Advice, apply: Apply): HTMLElement {
  return h(
    'li',
    { className: `finding ${severity}`, 'data-code': code },
    h('span', { className: 'badge', 'aria-hidden': 'true' }, SIGNS[severity]),
    h(
      'div',
      {},
      h('p', {}, unseen(SAID[severity]), message),
      advice === null ? null : h('p', { className: 'advice' }, advice),
      h(
        'p',
        { className: 'actions' },
        request === null
          ? null
          : button("Change the page's request", () => apply(request, "The page's request is changed."), {
              className: 'small',
            }),
        link(href, 'Read more'),
        h('code', { className: 'quiet' }, code),
      ),
    ),
  )
}

function diffLine({ kind, text }: DiffLine): HTMLElement {
  const sign = { same: ' ', removed: '−', added: '+' }[kind]
  return h(
    'div',
    { className: kind },
    kind === 'same' ? null : unseen(`${kind}: `),
    h('span', { 'aria-hidden': 'true' }, `${sign} `),
    text,
  )
}

/** Fills the menu of targets. */
export function fillTargets(): void {
  byId('target').append(...CHOOSABLE.map((target) => h('option', { value: target }, TARGETS[target])))
}

/** Shows the policy for the chosen target. */
export function showSnippet(result: Examined | null): void {
  const target = byId<HTMLSelectElement>('target').value as Target
  const code = result && toSnippet(target, result.explanation, result.policy)
  byId('code').hidden = code === null
  byId('code-title').textContent = result?.explanation.edit ? 'The changed policy, to paste' : 'The policy, to paste'
  if (code !== null) byId('snippet').replaceChildren(codeBlock(code, `the policy for ${TARGETS[target]}`))
}

/** Shows how to repeat the requests. */
export function showCurl(result: Examined | null): void {
  const requests = result?.explanation.observations ?? []
  byId('repeat').hidden = requests.length === 0
  byId('curl').replaceChildren(
    ...requests.map(({ purpose, request }) =>
      codeBlock(toCurl(request), purpose === 'preflight' ? 'the preflight' : 'the request'),
    ),
  )
  byId('not-visible').replaceChildren(...NOT_VISIBLE.map((text) => h('li', {}, text)))
}
