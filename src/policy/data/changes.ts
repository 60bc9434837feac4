import { isSafelistedMethod } from '../../spec/methods.ts'
import {
  isForbiddenResponseHeaderName,
  isNonWildcardRequestHeaderName,
  isSafelistedResponseHeaderName,
} from '../../spec/names.ts'
import { parseOrigin } from '../../spec/origins.ts'
import { entriesOf, type OriginEntry } from '../check/origin-entry.ts'
import { entryCover } from '../covers.ts'
import type { CorsPolicy } from '../types.ts'
import { isWildcard, tryOr } from '../values.ts'

/** The lists of names that a policy has. */
export type NameOption = 'methods' | 'requestHeaders' | 'exposedHeaders'

/** Gives the entries of one policy's list that the other policy's list does not cover whole. */
export function namesBeyond(option: NameOption, inner: CorsPolicy, outer: CorsPolicy): string[] {
  const covers = coversName(option, namesOf(option, outer))
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

function coversName(option: NameOption, names: readonly string[]): (name: string) => boolean {
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

/** An entry of one policy that another policy does not, or may not, cover whole. */
export interface EntryBeyond {
  /** The entry; `'*'`, or `'predicate'` where a function decides. */
  readonly entry: string
  /** False where a predicate would have to be asked about every origin that there is. */
  readonly isCertain: boolean
}

/** Gives what the origins of one policy allow beyond those of another. Never misses an origin; may name what only a predicate could deny. */
export function originsBeyond(inner: CorsPolicy, outer: CorsPolicy): EntryBeyond[] {
  if (isWildcard(outer.origins) || inner.origins === outer.origins) return []
  if (isWildcard(inner.origins)) return [{ entry: '*', isCertain: true }]
  if (typeof inner.origins === 'function') return [{ entry: 'predicate', isCertain: false }]
  const entries = entriesOf(new Set(inner.origins))
  if (typeof outer.origins === 'function') {
    const predicate = outer.origins
    return entries
      .filter(({ text }) => !isAllowed(predicate, text))
      .map(({ text, kind }) => ({ entry: text, isCertain: kind === 'exact' }))
  }
  const covers = coversEntry(entriesOf(new Set(outer.origins)))
  return entries.filter((entry) => !covers(entry)).map(({ text }) => ({ entry: text, isCertain: true }))
}

function coversEntry(entries: readonly OriginEntry[]): (entry: OriginEntry) => boolean {
  const texts = new Set(entries.map(({ text }) => text))
  const isCovered = entryCover(entries)
  return (entry) => texts.has(entry.text) || isCovered(entry)
}

function isAllowed(predicate: (origin: string) => boolean, origin: string): boolean {
  // What is no well-formed origin is never put to a predicate, listed though it may be; a pattern is none.
  return parseOrigin(origin) !== null && tryOr(() => predicate(origin) === true, false)
}
