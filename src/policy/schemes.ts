import { isWordOf, type Words } from '../spec/words.ts'

/**
 * Schemes that are slips of the pen, by the scheme that was meant. A URL may have them, and no page's origin has. The compiler reads
 * this table too.
 */
export const SLIPS = {
  http: 'ws htp ttp htttp hhttp httpp hxxp',
  https: 'wss htps ttps htttps hhttps httpps httpss htpps htpts hxxps',
} as const

/** A slip for a scheme. */
export type SlipFor<Scheme extends keyof typeof SLIPS> = Words<(typeof SLIPS)[Scheme]>

/** A scheme that is a slip. */
export type Slip = SlipFor<keyof typeof SLIPS>

/** Gives the scheme that was meant by a slip. */
export function schemeMeant(scheme: string): string | undefined {
  return Object.entries(SLIPS).find(([, slips]) => isWordOf(slips, scheme))?.[0]
}
