/** Something a test needs that does not come with `npm ci` on every machine. */

import { describe, it } from 'vitest'

/** A component that was looked for. */
export interface Component {
  readonly name: string
  readonly present: boolean
  /** The command, or the sentence, that brings it. */
  readonly cure: string
}

/**
 * Describes tests that need components. Where one is missing they are skipped with a line that says which and how to get it; with
 * CI in the environment they fail, so that what CI reports as passed has run.
 */
export function describeWith(components: readonly Component[], name: string, body: () => void): void {
  const missing = components.filter((component) => !component.present)
  if (missing.length === 0) return void describe(name, body)
  const line = `${name}: ${missing.map((component) => `${component.name} is missing: ${component.cure}`).join('; ')}`
  if (process.env.CI) {
    it(name, () => {
      throw new Error(line)
    })
    return
  }
  console.warn(`SKIPPED ${line}`)
  describe.skip(name, body)
}
