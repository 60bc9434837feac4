/** The form on the left, as a scenario. It is the only place that holds one. */
import { byId } from './dom.ts'
import { FIELDS, type Scenario } from './scenario.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Reads the form. */
export function readForm(): Scenario {
  return Object.fromEntries(FIELDS.map((field) => [field, byId<Control>(field).value])) as unknown as Scenario
}

/** Writes the form. Only what differs is touched, so that a caret stays where it is. */
export function writeForm(scenario: Scenario): void {
  for (const field of FIELDS) {
    const control = byId<Control>(field)
    if (control.value !== scenario[field]) control.value = scenario[field]
  }
  fitAll()
}

const MOST_ROWS = 22

/** Gives each text area as many rows as its text has lines. */
export function fitAll(): void {
  for (const area of document.querySelectorAll<HTMLTextAreaElement>('#form textarea[name]')) {
    const least = area.id === 'policy' ? 6 : 2
    area.rows = Math.min(Math.max(area.value.split('\n').length, least), MOST_ROWS)
  }
}

/** Puts the caret on a stretch of the policy. */
export function selectInPolicy(start: number, end: number): void {
  const area = byId<HTMLTextAreaElement>('policy')
  area.focus()
  area.setSelectionRange(start, end)
}
