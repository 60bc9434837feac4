/**
 * The recordings of `test/vectors/divergences.json`: for each rule of the simulator the smallest exchange that shows it, and what
 * every browser did. Where no page can observe a rule (an order of checks in WebKit, how much a cache holds), the recording names
 * the place in the browser's source instead.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserName, BrowserRules } from '../../src/browser.ts'
import type { Observation, Scenario } from './scenario.ts'

/** What a browser did, without the ports of the run. */
export type RecordedObservation = Observation & { readonly version: string }

/** An exchange, and what each browser did with it. */
export interface Exhibit extends Readonly<Partial<Record<BrowserName, RecordedObservation>>> {
  readonly scenario: Scenario
}

/** Where the source of each browser shows a rule. */
export interface SourcePlace {
  readonly source: Readonly<Partial<Record<BrowserName, string>>>
}

export type Recordings = Readonly<Record<string, Exhibit | SourcePlace>>

const FILE = new URL('../vectors/divergences.json', import.meta.url)

/** Reads every recording, by the name of its rule. */
export function readRecordings(): Recordings {
  return JSON.parse(readFileSync(FILE, 'utf8'))
}

/** Writes what browsers did. A rule that has only the scenario so far gets its observations this way. */
export function writeRecordings(recordings: Recordings): void {
  writeFileSync(FILE, `${JSON.stringify(recordings, null, 2)}\n`)
}

/** The recordings that are exchanges. */
export function exhibitsOf(recordings: Recordings): (readonly [rule: keyof BrowserRules, exhibit: Exhibit])[] {
  return Object.entries(recordings).flatMap(([rule, recording]) =>
    'scenario' in recording ? [[rule as keyof BrowserRules, recording] as const] : [],
  )
}
