/** The exchange, drawn as a list of steps from the page to the server and back. */
import type { Explanation } from 'corsmith/diagnose'
import { byId, h, unseen } from './dom.ts'
import { type Actor, type Field, type Step, toSteps } from './steps.ts'

const WHO: Readonly<Record<Actor, string>> = { page: 'Page', browser: 'Browser', server: 'Server' }
const SAID = { plain: '', good: 'Passes: ', bad: 'Fails: ' } as const

/** Draws an exchange. */
export function showSteps(explanation: Explanation | null): void {
  const steps = explanation === null ? [] : toSteps(explanation)
  byId('steps').replaceChildren(...steps.map(drawn))
  byId('steps')
    .closest('section')
    ?.toggleAttribute('hidden', steps.length === 0)
}

function drawn(step: Step): HTMLElement {
  const { who, to, title, text, head, fields, state } = step
  return h(
    'li',
    { className: 'step', 'data-who': who, 'data-state': state },
    h('span', { className: 'dot', 'aria-hidden': 'true' }, signOf(step)),
    h(
      'div',
      {},
      h('p', { className: 'who' }, to === null ? WHO[who] : `${WHO[who]} → ${WHO[to]}`),
      h('h3', {}, unseen(SAID[state]), title),
      text === null ? null : h('p', {}, text),
      head === null && fields.length === 0
        ? null
        : h(
            'div',
            { className: 'wire' },
            head === null ? null : h('div', { className: 'start' }, head),
            ...fields.map(line),
          ),
    ),
  )
}

function signOf({ state, who, to }: Step): string {
  if (state === 'bad') return '✕'
  if (state === 'good') return '✓'
  if (to === null) return '•'
  return who === 'server' ? '←' : '→'
}

function line({ name, value, matters, isAtFault }: Field): HTMLElement {
  const className = ['line', matters ? 'matters' : 'other', ...(isAtFault ? ['fault'] : [])].join(' ')
  return h(
    'div',
    { className },
    isAtFault ? h('span', { className: 'cross', 'aria-hidden': 'true' }, '✕') : null,
    h('span', { className: 'name' }, `${name}: `),
    value === null ? h('em', {}, 'missing') : h('span', {}, value),
    isAtFault ? unseen(' (at fault)') : null,
  )
}
