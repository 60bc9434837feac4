import { checkPolicy } from '../policy/check.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { isSafelistedMethod } from '../spec/methods.ts'
import type { MigrationNote, PeerMeaning } from './meaning.ts'

/** A policy that was made of another library's options. */
export interface Converted {
  /** Null where the options allow no origin that a policy can name. */
  readonly policy: CorsPolicy | null
  /** What could not be taken over, each with the reason. */
  readonly notes: readonly MigrationNote[]
}

/**
 * Makes the closest policy that is safe: it never allows what the options did not. An entry that a
 * policy cannot hold is left out, with a note.
 */
export function policyOf(meaning: PeerMeaning): Converted {
  const notes: MigrationNote[] = [...meaning.notes]
  const note = (option: string, why: string, keep: string) => {
    notes.push({ option, why, keep })
  }
  const credentials = meaning.credentials && !meaning.anyOrigin
  if (meaning.credentials && meaning.anyOrigin)
    note(
      'origins',
      'with credentials, every site could read what a visitor of it may see',
      'list the origins that you trust, with "credentials": true',
    )
  const origins = meaning.anyOrigin ? '*' : originsFor(meaning.origins, credentials, note)
  if (origins.length === 0) return { policy: null, notes }
  const fits = (option: keyof CorsPolicy, value: unknown) =>
    checkPolicy({ origins, credentials, [option]: value }).every(({ severity }) => severity !== 'error')
  const keep = (option: 'methods' | 'requestHeaders' | 'exposedHeaders', names: readonly string[]) =>
    [...new Set(names)].filter((name) => {
      if (fits(option, name === '*' ? '*' : [name])) return true
      const [issue] = checkPolicy({ origins, credentials, [option]: name === '*' ? '*' : [name] })
      note(option, `${JSON.stringify(name)}: ${issue?.message ?? 'a policy cannot hold it'}`, 'leave it out')
      return false
    })
  // Next to credentials, browsers read `*` in these as an ordinary name. A policy would mean more.
  const literal = (names: readonly string[]) => (credentials ? names.filter((name) => name !== '*') : names)
  const methods = keep(
    'methods',
    literal(meaning.methods).filter((method) => !isSafelistedMethod(method)),
  )
  const asked = meaning.requestHeaders === 'asked'
  const names = asked ? [] : keep('requestHeaders', literal(meaning.requestHeaders as readonly string[]))
  const exposed = keep('exposedHeaders', literal(meaning.exposedHeaders))
  const policy: CorsPolicy = {
    origins,
    ...(credentials ? { credentials } : {}),
    ...(methods.length > 0 ? { methods: starOr(methods) } : {}),
    ...(asked
      ? { requestHeaders: ['*', 'Authorization'] }
      : names.length > 0
        ? { requestHeaders: headersOf(names) }
        : {}),
    ...(exposed.length > 0 ? { exposedHeaders: starOr(exposed) } : {}),
    ...maxAgeOf(meaning.maxAge, note),
    ...(meaning.stopsRefused && origins !== '*' ? { refused: 'forbid' as const } : {}),
    ...(meaning.preflightStatus === 200 ? { preflightStatus: 200 as const } : {}),
  }
  return { policy, notes }
}

function starOr(names: readonly string[]): '*' | readonly string[] {
  return names.includes('*') ? '*' : names
}

/** `*` may stand next to `Authorization`, which it never covers. */
function headersOf(names: readonly string[]): '*' | readonly string[] {
  if (!names.includes('*')) return names
  const authorization = names.find((name) => name.toLowerCase() === 'authorization')
  return authorization === undefined ? '*' : ['*', authorization]
}

/** Keeps the origins that a policy can hold. An expression becomes the pattern that it means. */
function originsFor(
  entries: readonly (string | RegExp)[],
  credentials: boolean,
  note: (option: string, why: string, keep: string) => void,
): readonly string[] {
  const kept: string[] = []
  for (const entry of entries) {
    const issue = checkPolicy({ origins: [entry], credentials }).find(({ severity }) => severity === 'error')
    if (issue === undefined) {
      kept.push(entry as string)
      continue
    }
    const { suggestion, message } = issue
    if (entry instanceof RegExp && typeof suggestion === 'string') kept.push(suggestion)
    else if (entry instanceof RegExp)
      note(
        'origins',
        `${String(entry)}: an expression that no pattern replaces`,
        'list the origins, or write "origins: (origin) => boolean"',
      )
    else note('origins', `${JSON.stringify(entry)}: ${message}`, keepOf(suggestion))
  }
  return [...new Set(kept)]
}

function keepOf(suggestion: unknown): string {
  return typeof suggestion === 'string'
    ? `write ${JSON.stringify(suggestion)} in "origins", if you meant that`
    : 'leave it out, or see the reason'
}

/** Browsers keep a preflight for a day at most, and a negative age means none. */
function maxAgeOf(
  maxAge: number | null,
  note: (option: string, why: string, keep: string) => void,
): Partial<CorsPolicy> {
  if (maxAge === null) return {}
  const whole = Math.min(86_400, Math.max(0, Math.floor(maxAge)))
  if (whole !== maxAge)
    note(
      'maxAge',
      `${maxAge} is written as ${whole}: whole seconds, a day at most`,
      'browsers cap it at two hours or a day',
    )
  return { maxAge: whole }
}
