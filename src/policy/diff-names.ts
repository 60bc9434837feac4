import { isSafelistedMethod } from '../spec/methods.ts'
import {
  isForbiddenResponseHeaderName,
  isNonWildcardRequestHeaderName,
  isSafelistedResponseHeaderName,
} from '../spec/names.ts'
import type { CorsPolicy } from './types.ts'

/** The lists of names that a policy has. */
export type NameOption = 'methods' | 'requestHeaders' | 'exposedHeaders'

/** Gives the entries of one policy's list that the other policy's list does not cover whole. */
export function namesBeyond(option: NameOption, inner: CorsPolicy, outer: CorsPolicy): string[] {
  const covers = coverOf(option, namesOf(option, outer))
  return namesOf(option, inner).filter((name) => !covers(name))
}

/** Gives the names that one policy lists and the other does not, whatever they allow. */
export function namesListed(option: NameOption, inner: CorsPolicy, outer: CorsPolicy): string[] {
  const names = new Set(namesOf(option, outer))
  return namesOf(option, inner).filter((name) => !names.has(name))
}

function namesOf(option: NameOption, policy: CorsPolicy): readonly string[] {
  const value = policy[option]
  const names = value === '*' ? ['*'] : (value ?? [])
  return [...new Set(option === 'methods' ? names : names.map((name) => name.toLowerCase()))]
}

function coverOf(option: NameOption, names: readonly string[]): (name: string) => boolean {
  const exact = new Set(names)
  // A method is a token, and in a token a "*" is a character like another.
  const isPattern = (name: string) => option !== 'methods' && isNamePattern(name)
  const heads = new Set(names.filter(isPattern).map((name) => name.slice(0, -1)))
  const lengths = [...new Set(Array.from(heads, (head) => head.length))]
  return (name) => {
    if (exact.has(name) || isAlwaysAllowed(option, name)) return true
    if (exact.has('*') && isUnderWildcard(option, name, exact)) return true
    // Exposed patterns leave out the headers of the protocol itself.
    if (option === 'exposedHeaders' && !isPattern(name) && name.startsWith('access-control-')) return false
    return lengths.some((length) => length < name.length && heads.has(name.slice(0, length)))
  }
}

function isNamePattern(name: string): boolean {
  return name.length > 1 && name.endsWith('*')
}

/** What needs no permission is no change, listed or not. */
function isAlwaysAllowed(option: NameOption, name: string): boolean {
  if (option === 'methods') return isSafelistedMethod(name)
  if (option === 'requestHeaders') return false
  return isSafelistedResponseHeaderName(name) || isForbiddenResponseHeaderName(name)
}

/** `*` does not stand for `Authorization`, nor for all that a pattern does which may match it. */
function isUnderWildcard(option: NameOption, name: string, exact: ReadonlySet<string>): boolean {
  if (option !== 'requestHeaders') return true
  const isAuthorization = isNamePattern(name)
    ? 'authorization'.startsWith(name.slice(0, -1))
    : isNonWildcardRequestHeaderName(name)
  return !isAuthorization || exact.has('authorization')
}
