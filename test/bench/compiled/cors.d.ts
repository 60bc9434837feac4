import type { Answering, Cors } from 'corsmith/runtime'

/** The whole policy, for everything that takes a `Cors`. */
export declare const cors: Cors

/** The part that the adapters of corsmith/runtime need. */
export declare const answers: Answering

/** The part that a Fetch handler needs. */
export declare const wrap: Cors['wrap']
