/** What a test of the playground reads off the page, and does to it, in any browser. */

import type { Scenario } from '../../examples/playground/src/scenario.ts'
import { toHash } from '../../examples/playground/src/share.ts'
import type { Visitor } from './visitor.ts'

/** The playground, open in a browser. */
export interface Playground {
  /** Opens it, with a hash or without, and waits until it has computed. */
  open(url: string): Promise<void>
  /** Chooses a preset. */
  choose(preset: string): Promise<void>
  /** Loads a scenario by its link, without opening the page anew. */
  load(scenario: Scenario): Promise<void>
  /** Types into a field. */
  type(field: string, text: string): Promise<void>
  /** Clicks on a button, and waits until all is computed. */
  click(selector: string): Promise<void>
  /** Waits until what is shown belongs to what the form holds. */
  settled(): Promise<void>
  /** The outcome that is shown: shared, blocked, opaque or none. */
  outcome(): Promise<string>
  /** The line in the console of an engine; null where there is none. */
  consoleLine(engine: string): Promise<string | null>
  /** Presses "Try it for real", and waits for what comes of it. */
  attempt(): Promise<Attempt>
  /** The value of a field. */
  value(field: string): Promise<string>
  /** The text of an element. */
  text(selector: string): Promise<string>
}

/** What came of a trial. */
export interface Attempt {
  /** `equal`, `different`, `untried` or `failed`. */
  readonly outcome: string
  readonly text: string
  /** The line that the console of this browser should hold; null where it should hold none. */
  readonly line: string | null
  /** The cells of each row: what was computed, and what the browser did. */
  readonly rows: Readonly<Record<string, readonly [computed: string, real: string]>>
}

const q = (text: string): string => JSON.stringify(text)

/** Waits in the page, at most this long. */
const PATIENCE = 20_000
const until = (condition: string): string => `
  for (const end = Date.now() + ${PATIENCE}; !(${condition}); ) {
    if (Date.now() > end) throw new Error(${q(`waited in vain for ${condition}`)})
    await new Promise((resolve) => setTimeout(resolve, 20))
  }`

/** Puts a playground before a visitor. */
export function playgroundOf(visitor: Visitor): Playground {
  const settled = (): Promise<void> => visitor.run(until(`document.body.dataset.state === 'ready'`))
  return {
    settled,
    open: async (url) => {
      await visitor.goto(url)
      await settled()
    },
    choose: async (preset) => {
      await visitor.run(`
        const select = document.querySelector('#preset')
        select.value = ${q(preset)}
        select.dispatchEvent(new Event('change', { bubbles: true }))`)
      await settled()
    },
    load: async (scenario) => {
      const hash = toHash(scenario)
      await visitor.run(`
        location.hash = ${q(hash ?? '')}
        ${until(`document.querySelector('#policy').value === ${q(scenario.policy)} && document.querySelector('#url').value === ${q(scenario.url)}`)}
        await new Promise((resolve) => setTimeout(resolve, 50))`)
      await settled()
    },
    type: async (field, text) => {
      await visitor.fill(`#${field}`, text)
      await settled()
    },
    click: async (selector) => {
      await visitor.click(selector)
      await settled()
    },
    outcome: () => visitor.run(`return document.querySelector('#verdict').dataset.outcome`),
    consoleLine: (engine) =>
      visitor.run(`
        const line = document.querySelector('[data-engine=${engine}] .console')
        return line && line.textContent.replace('In the console: ', '')`),
    attempt: async () => {
      await visitor.click('#try')
      return visitor.run(`
        const trial = document.querySelector('#trial')
        ${until(`!['idle', 'running'].includes(trial.dataset.outcome)`)}
        const cells = [...trial.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))
        const rows = Object.fromEntries(cells.map(([name, ...values]) => [name, values]))
        const line = document.querySelector('#real-line')?.textContent ?? null
        return { line, outcome: trial.dataset.outcome, text: document.querySelector('#trial-body').textContent, rows }`)
    },
    value: (field) => visitor.run(`return document.querySelector('#${field}').value`),
    text: (selector) => visitor.run(`return document.querySelector(${q(selector)}).textContent`),
  }
}
