import type { Answering } from './engine.ts'
import { type AnyAsyncCors, isSync, type Ready } from './ready.ts'
import type { Cors, RequestHead } from './types.ts'

/**
 * The key under which an `AsyncCors` resolves a request to a `Cors`. It is a text, so that the ES
 * module and the CommonJS copy of this package understand each other.
 */
export const RESOLVE = 'corsmith.resolve'

/**
 * The key under which an `AsyncCors` answers from what it has at hand, without a Request. Making
 * one costs Node more than the rest of an answer.
 */
export const KEPT = 'corsmith.kept'

/** A request whose URL needs no parser. */
export interface PlainHead extends RequestHead {
  /** The host as the URL parser would write it, without the port. Its last label has no digit in front. */
  readonly host: string
  /** The path as the URL parser would write it, with the query. */
  readonly path: string
}

/** The side of an `AsyncCors` that adapters see. */
export interface PolicyResolver {
  /** Gives a Promise only where it has to wait. It never throws or rejects. */
  [RESOLVE](request: Request, args: readonly unknown[]): Cors | Promise<Cors>
  /** Gives what {@link RESOLVE} would give; null where it needs the Request, or has to wait. */
  [KEPT]?(head: PlainHead): Cors | null
}

/** Gives the policy for a request that has no Request yet; null where one has to be made. */
export function keptPolicy(cors: AnyAsyncCors, head: PlainHead): Cors | null {
  return (cors as unknown as PolicyResolver)[KEPT]?.(head) ?? null
}

/**
 * Resolves the policy for a request, before the handler runs. Adapters need it where they cannot
 * wait later: Node asks for headers at the moment it sends them. `resolve` is called at most once
 * per request object.
 *
 * @returns the policy, or a Promise of it that never rejects: where no policy can be had, it is the
 *   closed one
 */
export function resolvePolicy<R extends Ready>(
  cors: R,
  request: Request,
  ...args: readonly unknown[]
): Extract<R, Answering> | Cors | Promise<Cors> {
  return isSync(cors) ? cors : (cors as unknown as PolicyResolver)[RESOLVE](request, args)
}
