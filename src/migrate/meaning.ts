/** What the options of another library mean, in terms that all of them share. */
export interface PeerMeaning {
  /** Whether every origin is allowed, by `*` or by repeating it. */
  readonly anyOrigin: boolean
  /** Origins and expressions that are allowed. Texts are as they were written. */
  readonly origins: readonly (string | RegExp)[]
  readonly credentials: boolean
  readonly methods: readonly string[]
  /** Names that a page may send; `'asked'` where the library repeats what was asked for. */
  readonly requestHeaders: readonly string[] | 'asked'
  readonly exposedHeaders: readonly string[]
  /** Seconds; null for none. */
  readonly maxAge: number | null
  readonly preflightStatus: 200 | 204
  /** The expression of the paths that the options cover; absent for all paths. */
  readonly paths?: string
  /** Whether a request of a refused origin is stopped before the handler. */
  readonly stopsRefused?: boolean
  /** What the options say beyond that, and what becomes of it. */
  readonly notes: readonly MigrationNote[]
}

/** An option that has no counterpart, and what to write instead. */
export interface MigrationNote {
  /** The option, as it is written there. */
  readonly option: string
  readonly why: string
  readonly keep: string
}

/** Options of another library, as they were written. */
export type PeerOptions = Readonly<Record<string, unknown>>

/** Reads a list that a library accepts as a list or as one text with commas. */
export function listOf(value: unknown): readonly string[] {
  if (value === undefined || value === null || value === false) return []
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list
    .flatMap((each) => String(each).split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

/** Keeps what is a text or a regular expression. */
export function originsOf(value: unknown): readonly (string | RegExp)[] {
  const list: readonly unknown[] = Array.isArray(value) ? value.flat(Infinity) : [value]
  return list.filter((each) => typeof each === 'string' || each instanceof RegExp) as (string | RegExp)[]
}

/** Reads seconds; null for what is no number. */
export function secondsOf(value: unknown): number | null {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN
  return Number.isFinite(number) ? number : null
}
