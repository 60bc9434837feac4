import type { PageScenario } from './in-page.ts'
import type { StepResult } from './scenario.ts'

/** Why a load failed: a URL or a text that holds it, and what the browser's own tools say. */
export type Reason = readonly [about: string, reason: string]

/** A real browser with a page of A open. */
export interface RealBrowser {
  readonly name: 'chromium' | 'firefox' | 'webkit'
  readonly version: string
  /** Runs scenarios in the page. */
  run(scenarios: readonly PageScenario[]): Promise<readonly (readonly StepResult[])[]>
  /** Gives the reasons since the last call, and the console lines about CORS. */
  reasons(): Promise<{ readonly codes: readonly Reason[]; readonly lines: readonly string[] }>
  /** Evaluates an expression in the page and gives its value. */
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

/** Thrown when a browser is not installed. */
export class MissingBrowser extends Error {}
