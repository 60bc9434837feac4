import { isSafelistedMethod } from '../../spec/methods.ts'
import {
  isForbiddenResponseHeaderName,
  isNonWildcardRequestHeaderName,
  isSafelistedResponseHeaderName,
} from '../../spec/names.ts'
import { parseOrigin } from '../../spec/origins.ts'
import { entriesOf, type OriginEntry } from '../check/origin-entry.ts'
import { entryCover } from '../covers.ts'
import type { CompletePolicy } from '../types.ts'
import { isWildcard, tryOr } from '../values.ts'

/** One difference in an option. */
export interface OptionChange {
  /** The origin, pattern, method, header name or value that makes the difference. */
  readonly value: string | number | boolean | null
  /** The difference in words. */
  readonly sentence: string
  /**
   * False where only a predicate knows, so that there may be no difference.
   *
   * @default true
   */
  readonly isCertain?: boolean
}

/** The verb of a sentence: a permission is gained, or lost. */
export type May = 'may' | 'may no longer'

/** How two policies are compared in one option. */
export interface OptionDiff {
  /** Returns what `inner` permits and `outer` does not. It must not miss anything. */
  beyond?(inner: CompletePolicy, outer: CompletePolicy, may: May): readonly OptionChange[]
  /**
   * Returns what differs in answers. It is used only where `beyond` finds nothing in either
   * direction.
   */
  other?(before: CompletePolicy, after: CompletePolicy): readonly OptionChange[]
}

/** The options that are lists of names. */
export type NameListOption = 'methods' | 'requestHeaders' | 'exposedHeaders'

/** Returns the entries of `inner.origins` that `outer.origins` does not cover, or may not cover. */
export function originsBeyond(inner: CompletePolicy, outer: CompletePolicy, may: May): OptionChange[] {
  const change = (value: string, isCertain = true): OptionChange => ({
    value,
    sentence: `${whoReads(value)} ${may} read answers${isCertain ? '' : ', as far as the predicate does not refuse'}`,
    isCertain,
  })
  if (isWildcard(outer.origins) || inner.origins === outer.origins) return []
  if (isWildcard(inner.origins)) return [change('*')]
  // To compare it, the predicate would have to be asked about every possible origin.
  if (typeof inner.origins === 'function') return [change('predicate', false)]
  const entries = entriesOf(new Set(inner.origins))
  if (typeof outer.origins === 'function') {
    const predicate = outer.origins
    return entries
      .filter(({ text }) => !isAllowed(predicate, text))
      .map(({ text, kind }) => change(text, kind === 'exact'))
  }
  const covers = coversEntry(entriesOf(new Set(outer.origins)))
  return entries.filter((entry) => !covers(entry)).map(({ text }) => change(text))
}

function whoReads(entry: string): string {
  if (entry === '*') return 'every origin'
  if (entry === 'predicate') return 'origins that the predicate allows'
  return entry.includes('*') ? `origins that match "${entry}"` : `"${entry}"`
}

function coversEntry(entries: readonly OriginEntry[]): (entry: OriginEntry) => boolean {
  const texts = new Set(entries.map(({ text }) => text))
  const isCovered = entryCover(entries)
  return (entry) => texts.has(entry.text) || isCovered(entry)
}

/** At run time a predicate receives well-formed origins only, so a pattern counts as refused. */
function isAllowed(predicate: (origin: string) => boolean, origin: string): boolean {
  return parseOrigin(origin) !== null && tryOr(() => predicate(origin) === true, false)
}

/** Returns a change if an option is on in `inner` and off in `outer`. */
export function flagBeyond(inner: boolean, outer: boolean, sentence: string): OptionChange[] {
  return inner && !outer ? [{ value: true, sentence }] : []
}

/** Returns a change if only `outer` keeps requests of refused origins from the handler. */
export function isForbidLifted(inner: CompletePolicy, outer: CompletePolicy, may: May): OptionChange[] {
  return outer.refused === 'forbid' && inner.refused !== 'forbid'
    ? [{ value: 'pass', sentence: `requests from refused origins ${may} reach the handler` }]
    : []
}

/** Returns a change if browsers keep a preflight's answer for another time. */
export function maxAgeChange(before: CompletePolicy, after: CompletePolicy): OptionChange[] {
  if (before.maxAge === after.maxAge) return []
  const sentence = `browsers keep a preflight answer for ${time(after)} instead of ${time(before)}`
  return [{ value: after.maxAge ?? null, sentence }]
}

/**
 * Without the header, a browser keeps an answer for 5 seconds.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-cache
 */
function time({ maxAge }: CompletePolicy): string {
  return `${maxAge ?? 5} seconds`
}

/** Returns a change if accepted preflights have another status. */
export function statusChange(before: CompletePolicy, after: CompletePolicy): OptionChange[] {
  const value = after.preflightStatus
  return before.preflightStatus === value ? [] : [{ value, sentence: `preflights are answered with ${value}` }]
}

/** Returns the entries of one policy's list that the other policy's list does not cover. */
export function namesBeyond(
  option: NameListOption,
  inner: CompletePolicy,
  outer: CompletePolicy,
  sentence: (name: string) => string,
): OptionChange[] {
  const covers = coversName(option, namesOf(option, outer))
  return namesOf(option, inner)
    .filter((name) => !covers(name))
    .map((value) => ({ value, sentence: sentence(value) }))
}

/**
 * Returns the names that only one of the two answers lists. `pages` tells what they permit with or
 * without it.
 */
export function listedNames(
  option: NameListOption,
  before: CompletePolicy,
  after: CompletePolicy,
  pages: string,
): OptionChange[] {
  const was = namesOf(option, before)
  const is = namesOf(option, after)
  const changes = (names: readonly string[], others: readonly string[], verb: string): OptionChange[] =>
    names
      .filter((name) => !others.includes(name))
      .map((value) => ({
        value,
        sentence: `answers ${verb} ${JSON.stringify(value)}, which ${pages} all the same`,
      }))
  return [...changes(is, was, 'name'), ...changes(was, is, 'no longer name')]
}

/** Words for an entry of a list of header names. `any` stands for `*`. */
export function headers(name: string, any: string): string {
  if (name === '*') return any
  return name.endsWith('*')
    ? `headers whose names begin with ${JSON.stringify(name.slice(0, -1))}`
    : `the header ${JSON.stringify(name)}`
}

function namesOf(option: NameListOption, policy: CompletePolicy): readonly string[] {
  const value = policy[option]
  const names = value === '*' ? ['*'] : value
  return [...new Set(option === 'methods' ? names : names.map((name) => name.toLowerCase()))]
}

function coversName(option: NameListOption, names: readonly string[]): (name: string) => boolean {
  const exact = new Set(names)
  // A method is a token, and "*" is a character of tokens. So methods have no patterns.
  const isPattern = (name: string) => option !== 'methods' && isNamePattern(name)
  const heads = new Set(names.filter(isPattern).map((name) => name.slice(0, -1)))
  const lengths = [...new Set(Array.from(heads, (head) => head.length))]
  return (name) => {
    if (exact.has(name) || isAlwaysAllowed(option, name)) return true
    if (exact.has('*') && isUnderWildcard(option, name, exact)) return true
    // A pattern of exposed headers does not cover the headers of the CORS protocol.
    if (option === 'exposedHeaders' && !isPattern(name) && name.startsWith('access-control-')) return false
    return lengths.some((length) => length < name.length && heads.has(name.slice(0, length)))
  }
}

function isNamePattern(name: string): boolean {
  return name.length > 1 && name.endsWith('*')
}

/** A name that needs no permission, or can get none, makes no difference in a list. */
function isAlwaysAllowed(option: NameListOption, name: string): boolean {
  if (option === 'methods') return isSafelistedMethod(name)
  if (option === 'requestHeaders') return false
  return isSafelistedResponseHeaderName(name) || isForbiddenResponseHeaderName(name)
}

/** `*` does not cover `Authorization`, nor a pattern that matches `Authorization`. */
function isUnderWildcard(option: NameListOption, name: string, exact: ReadonlySet<string>): boolean {
  if (option !== 'requestHeaders') return true
  const isAuthorization = isNamePattern(name)
    ? 'authorization'.startsWith(name.slice(0, -1))
    : isNonWildcardRequestHeaderName(name)
  return !isAuthorization || exact.has('authorization')
}
