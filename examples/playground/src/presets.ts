/** Scenarios to start from: what people mean to do, and what they do by mistake. */
import type { Preset } from './preset.ts'
import { FAILING } from './presets-failing.ts'
import { WORKING } from './presets-working.ts'

/** Every preset, in the order of the menu. */
export const PRESETS: readonly Preset[] = [...WORKING, ...FAILING]

/** What the page opens with: the commonest kind of surprise, one line from working. */
export const FIRST = 'put-not-listed'

/** Finds a preset. */
export function presetOf(id: string): Preset | undefined {
  return PRESETS.find((each) => each.id === id)
}
