/**
 * The sentences about predicates. Requests can break these rules too, so a compiled policy has
 * them. They have a file of their own, because the package keeps whole files together: a server
 * with a compiled policy would otherwise read the rest of the catalogue.
 */

export const PREDICATE_ASYNC = 'a predicate answers at once; use perRequest for a choice that waits'
export const PREDICATE_ANSWER = 'a predicate takes one origin and returns true or false'
export const PREDICATE_ACCEPTS_INSECURE =
  'with credentials: true, this predicate allows an http: origin, which lets anyone who controls the network read the answers; compare whole origins'
export const PREDICATE_ACCEPTS_STRANGERS =
  'with credentials: true, this predicate allows origins that nobody listed; compare whole origins'

/** The same, by code. */
export const PREDICATE_DEFECTS = {
  'predicate-async': PREDICATE_ASYNC as typeof PREDICATE_ASYNC,
  'predicate-answer': PREDICATE_ANSWER as typeof PREDICATE_ANSWER,
  'predicate-accepts-insecure': PREDICATE_ACCEPTS_INSECURE as typeof PREDICATE_ACCEPTS_INSECURE,
  'predicate-accepts-strangers': PREDICATE_ACCEPTS_STRANGERS as typeof PREDICATE_ACCEPTS_STRANGERS,
} as const
