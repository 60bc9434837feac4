/**
 * How much the engine reads of a request, and how much it remembers.
 *
 * The limits stand in a module that imports nothing: a bundler writes such numbers where they are
 * used.
 */

/**
 * The origins whose answer to a preflight is kept. A deployment has fewer front ends. It takes a
 * few kilobytes.
 */
export const MAX_KEPT = 64

/** An echo reads at most this much of what a client sent. Longer fields are not echoed at all. */
export const MAX_ECHO_LENGTH = 4096
export const MAX_ECHO_NAMES = 256

/** How many causes of refusals are remembered. A cause that quotes a client is new each time. */
export const MAX_REMEMBERED = 64

/**
 * The requests at which nested policies are looked for. Many servers in production run without
 * `NODE_ENV`, and pay for the look. Two policies on one path meet at its first request.
 */
export const WATCHED = 1_000
