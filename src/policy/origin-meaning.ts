import { isLoopbackHost, isWeb } from '../spec/origins.ts'
import { isOfOneSite } from '../spec/suffixes.ts'
import type { OriginEntry } from './origin-entry.ts'
import type { CorsPolicy } from './types.ts'

/** What the rest of the policy, and whoever checks it, says that matters to its origins. */
export interface OriginContext {
  /** Tells whether an option of the policy is true, or has the value that is asked for. */
  readonly has: (option: keyof CorsPolicy, value?: unknown) => boolean
  /** Tells whether strangers can register names directly below a host. */
  readonly isPublicSuffix: (host: string) => boolean
}

/** Tells whether strangers can have an origin that a pattern matches, and nobody has said that this is meant. */
export function admitsStrangers(entry: OriginEntry, context: OriginContext): boolean {
  return (
    entry.kind === 'pattern' &&
    !context.has('dangerouslyAllowPublicSuffixes') &&
    // Nobody can register a name below "localhost", though it has one label as a top-level domain has.
    !isLoopbackEntry(entry) &&
    context.isPublicSuffix(entry.host) &&
    !isOfOneSite(entry.host, entry.behind)
  )
}

/**
 * Tells whether an entry allows any app or extension of a scheme where that is not to be had by accident: next to credentials, and
 * wherever an identifier is the same for every user, so that it can be listed.
 */
export function admitsAnyHost(entry: OriginEntry, context: OriginContext): boolean {
  return (
    entry.kind === 'any-host' &&
    !context.has('dangerouslyAllowPublicSuffixes') &&
    (entry.scheme === 'chrome-extension' || context.has('credentials'))
  )
}

/** Tells whether an entry trusts the user's own computer. */
export function isLoopbackEntry({ scheme, host }: OriginEntry): boolean {
  return isWeb(scheme) && isLoopbackHost(host)
}

/** Tells whether an entry lets whoever controls the network read what belongs to a user, and nobody has said that this is meant. */
export function isInsecureEntry(entry: OriginEntry, context: OriginContext): boolean {
  return (
    entry.scheme === 'http' &&
    context.has('credentials') &&
    !context.has('dangerouslyAllowInsecureOrigins') &&
    !isLoopbackEntry(entry)
  )
}
