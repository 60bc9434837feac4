import type { PageScenario } from './in-page.ts'
import type { Observation, StepResult } from './scenario.ts'

/** Why loads failed: the identifier of a scenario, and what the browser's own tools say. */
export type Reason = readonly [id: string, text: string]

/** A real browser with a page of A open. */
export interface RealBrowser {
  readonly name: 'chromium' | 'firefox' | 'webkit'
  readonly version: string
  /** Runs scenarios in the page. */
  run(scenarios: readonly PageScenario[]): Promise<readonly (readonly StepResult[])[]>
  /** Gives the reasons since the last call. */
  reasons(): Promise<readonly Reason[]>
  /** Evaluates an expression in the page and gives its value. */
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

/** Thrown when a browser is not installed. */
export class MissingBrowser extends Error {}

/** Finds the scenario that a URL or a message belongs to. */
export function scenarioOf(text: string): string | null {
  const id = /\/s\/([^/]+)\/\d+/.exec(text)?.[1]
  return id === undefined ? null : decodeURIComponent(id)
}

export type { Observation }
