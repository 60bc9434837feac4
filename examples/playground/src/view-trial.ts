/** The trial: a button that makes this browser do the request, and its verdict beside ours. */
import { consoleLine } from 'corsmith/diagnose'
import { byId, h } from './dom.ts'
import type { Examined } from './examine.ts'
import { writePolicy } from './policy-text.ts'
import { type Seen, type Trial, tryForReal } from './real.ts'
import { type Plan, planTrial, type Stage } from './trial.ts'
import { NAMES } from './view-verdict.ts'

/** Forgets the last trial: it was another scenario's. */
export function clearTrial(): void {
  show('idle')
}

/** Runs a trial and shows what came of it. `isCurrent` tells whether anybody still wants to know. */
export async function runTrial(
  examined: Examined | null,
  stage: Stage | null,
  isCurrent: () => boolean,
): Promise<void> {
  if (stage === null)
    return show(
      'untried',
      h('p', {}, 'There is no test endpoint here: it comes with ', h('code', {}, 'npm start'), '.'),
    )
  if (examined === null)
    return show('untried', h('p', {}, 'There is nothing to try: no such policy, or no such request.'))
  show('running', h('p', {}, 'The browser is asked …'))
  try {
    const plan = await planTrial(examined, stage)
    const trial = typeof plan === 'string' ? plan : await tryForReal(plan, stage)
    if (!isCurrent()) return
    if (typeof plan === 'string' || typeof trial === 'string')
      show('untried', h('p', {}, h('strong', {}, 'Not tried. '), String(trial)))
    else show(trial.differences.length === 0 ? 'equal' : 'different', ...told(trial, plan))
  } catch (error) {
    if (isCurrent()) show('failed', h('p', {}, error instanceof Error ? error.message : String(error)))
  }
}

function show(outcome: string, ...children: readonly Node[]): void {
  byId('trial').dataset.outcome = outcome
  byId('trial-body').replaceChildren(...children)
  // The outcome is said; the table beneath it is there to be read.
  if (children[0] !== undefined) byId('live').textContent = children[0].textContent
}

function told({ engine, explanation, expected, real, thrown, differences }: Trial, plan: Plan): readonly Node[] {
  const isEqual = differences.length === 0
  const row = (name: string, of: (seen: Seen) => string): HTMLElement =>
    h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, of(expected)), h('td', {}, of(real)))
  return [
    h(
      'p',
      { className: isEqual ? 'outcome good' : 'outcome bad' },
      h('span', { 'aria-hidden': 'true' }, isEqual ? '✓ ' : '✕ '),
      isEqual ? 'Equal: this browser does what was computed.' : `Not equal: ${differences.join('; ')}.`,
    ),
    h(
      'table',
      {},
      h('caption', { className: 'hidden' }, 'What was computed, and what this browser did'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('td', {}),
          h('th', { scope: 'col' }, `Computed for ${NAMES[engine]}`),
          h('th', { scope: 'col' }, 'This browser'),
        ),
      ),
      h(
        'tbody',
        {},
        row('Verdict', verdictOf),
        row('Page sees', (seen) => (seen.shared ? `${seen.type}, status ${seen.status}` : 'a TypeError')),
        row('Readable headers', (seen) => (seen.readable.length === 0 ? 'none' : seen.readable.join(', '))),
        row('Server saw', (seen) => seen.arrived.join(', then ') || 'nothing'),
      ),
    ),
    ...(thrown === null ? [] : reasonOf(thrown, consoleLine(explanation, engine))),
    h(
      'details',
      {},
      h('summary', {}, 'What was put in place'),
      h('ul', { className: 'quiet' }, ...plan.notes.map((note) => h('li', {}, note))),
      h(
        'pre',
        { className: 'placed', tabIndex: 0, role: 'region', 'aria-label': 'The policy that was tried' },
        writePolicy(plan.registration.policy),
      ),
    ),
  ]
}

/** A script is told nothing but that it failed. The console says more, and nobody but the user sees that. */
function reasonOf(thrown: string, line: string | null): readonly Node[] {
  const caught = [
    h('p', { className: 'quiet' }, 'All that a script is told:'),
    h('p', { className: 'console' }, thrown),
  ]
  if (line === null) return caught
  return [
    ...caught,
    h('p', { className: 'quiet' }, 'What the console of this browser (F12) should say:'),
    h('p', { className: 'console', id: 'real-line' }, line),
  ]
}

function verdictOf({ shared, type }: Seen): string {
  return shared ? (type === 'opaque' ? '– opaque' : '✓ shared') : '✕ blocked'
}
