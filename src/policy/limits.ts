/**
 * How much the checks read, remember and print. A policy can hold anything, and a predicate is
 * asked about what clients send, so everything has a limit.
 *
 * The limits stand in a module that imports nothing: a bundler writes such numbers where they are
 * used.
 */

/** The longest list of a policy. A sparse array of a billion entries costs its maker nothing. */
export const MAX_LIST = 200_000

/** A longer list is frozen when it is first read. */
export const LONG_LIST = 1_000

/** With more unknown keys, an object is not a misspelt policy, and no names are compared. */
export const MOST_KEYS_NAMED = 1_000

/** The names of options are shorter in every library. */
export const LONGEST_KEY = 50

/** No scheme in use is longer. The limit bounds the cost of matching. */
export const MAX_SCHEME = 64

/** The longest time for which a browser keeps the answer to a preflight, in seconds. */
export const LONGEST_MAX_AGE = 86_400

/** A longer entry of `origins` gets no suggestion. */
export const LONGEST_CORRECTED = 2_000

/** A longer regular expression means more than one entry can express. */
export const LONGEST_REGEXP = 500

/** A longer list is not written out in a message. */
export const MOST_SHOWN = 20

/** Further issues are counted, not printed: a list of 100,000 origins may have a defect each. */
export const PRINTED_ISSUES = 25

/** A key may be of any length. A longer place is cut. */
export const LONGEST_PLACE = 200

/** A longer source of a predicate is cut. */
export const LONGEST_SOURCE = 20_000

/** The hosts, and the words, that the probes of a predicate take from its source. */
export const MOST_NAMES = 16

/** The ports that the probes of a predicate take from its source. */
export const MOST_PORTS = 2

/**
 * The origins whose look-alikes were tried and are remembered. A client can send any number of
 * origins.
 */
export const MOST_TRIED = 256

/** The characters of a host that look-alikes replace. No registrable domain is longer. */
export const MOST_REPLACED = 80

/** No registrable domain has more labels. */
export const MOST_LABELS = 8
