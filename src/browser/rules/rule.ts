/**
 * The browser whose conclusions the simulator draws; `'spec'` is the browser that the Fetch
 * Standard describes.
 */
export type BrowserModel = 'spec' | 'chromium' | 'firefox' | 'webkit'

/** A real browser. */
export type BrowserName = Exclude<BrowserModel, 'spec'>

/** What a rule can be set to. */
export type RuleValue = boolean | number | string | readonly string[]

/**
 * One row of the table of rules: one thing in which a browser differs from the standard. A browser
 * that the row does not name follows the standard.
 */
export interface Rule {
  /** What the rule decides, and what its values mean. */
  readonly doc: string
  /**
   * The section of the standard that says otherwise, or that leaves the choice to the browser: an
   * anchor of the Fetch Standard, or a whole URL.
   */
  readonly spec: string
  /** What the standard says. Where it leaves a limit to the browser, there is no limit. */
  readonly standard: RuleValue
  readonly chromium?: RuleValue
  readonly firefox?: RuleValue
  readonly webkit?: RuleValue
}

/**
 * The type of a rule's value: every value of its row; any boolean, number or list of words where
 * the row has one.
 */
export type ValueOf<R> = Widened<R extends unknown ? R[Extract<keyof R, 'standard' | BrowserName>] : never>

type Widened<V> = V extends boolean ? boolean : V extends number ? number : V extends string ? V : readonly string[]
