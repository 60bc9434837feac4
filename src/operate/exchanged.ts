import type { Cors, RequestHead } from '../server/types.ts'

/** The key of a method by which a swappable policy gives the `Cors` that answers a request. */
export const ENGINE_FOR: unique symbol = Symbol.for('corsmith.engineFor')

/** What has an engine for each request. */
export interface Exchanged {
  [ENGINE_FOR]?(request: RequestHead): Cors
}
