/** The verdict about a person's own server, above the one about the form. */
import { BROWSER_NAMES, TARGETS } from 'corsmith/diagnose'
import { byId, codeBlock, h } from './dom.ts'
import type { Theirs } from './theirs.ts'
import { engineRow, SIGNS } from './view-verdict.ts'

/** Shows what is known of a person's server; null takes it away. */
export function showTheirs(theirs: Theirs | null): void {
  const card = byId('theirs')
  card.hidden = theirs === null
  byId('verdict-title').textContent = theirs === null ? 'Verdict' : 'The form: a scenario of this page'
  byId('verdict-title').className = theirs === null ? 'hidden' : ''
  if (theirs === null) return
  const { outcome, title, text, more, command, diagnosis } = theirs
  const fix = diagnosis?.findings.find((finding) => finding.fix !== null)?.fix ?? null
  card.dataset.outcome = outcome
  byId('theirs-body').replaceChildren(
    h(
      'div',
      { className: 'big' },
      h('span', { className: 'sign', 'aria-hidden': 'true' }, SIGNS[outcome]),
      h('div', {}, h('p', { className: 'title' }, title), h('p', { className: 'text' }, text)),
    ),
    ...(diagnosis === null
      ? []
      : [h('ul', { className: 'engines' }, ...BROWSER_NAMES.map((engine) => engineRow(engine, diagnosis)))]),
    ...more.map((sentence) => h('p', { className: 'quiet' }, sentence)),
    ...(fix === null ? [] : [h('p', { className: 'advice' }, `${TARGETS[fix.target]}: ${fix.advice}`)]),
    ...(fix?.snippet == null ? [] : [codeBlock(fix.snippet, 'the fix for your server')]),
    h('p', {}, command.includes(' check ') ? 'This command asks your server:' : 'This command says more:'),
    codeBlock(command, 'the command'),
  )
}

/** Lets the button that leads to the verdict say this one. */
export function point({ outcome, title }: Theirs): void {
  byId('peek').textContent = `${SIGNS[outcome]} ${title}`
  byId('peek').dataset.outcome = outcome
}
