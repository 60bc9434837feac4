import type { CorsPolicyJson } from '../policy/data/json.ts'
import type { AsyncCors, RequestHead } from '../server/types.ts'

/** An origin that a tenant allows for a while: a deployment that someone wants to look at. */
export interface Preview {
  /** One exact origin. It may lie below a public suffix: `https://app-git-pr-7.vercel.app`. */
  readonly origin: string
  /** The moment after which it is refused, as `Date.prototype.toISOString` writes it. */
  readonly expires: string
}

/** What a store holds for one tenant, as JSON. */
export interface TenantDocument {
  /** Counts the edits, from 1. A write names the version that it replaces. */
  readonly version: number
  readonly policy: CorsPolicyJson
  /** Origins that are allowed besides those of the policy, each until its time. */
  readonly previews?: readonly Preview[]
}

/**
 * Where the tenants' policies are kept. Any object with a `get` will do; the ready ones of this
 * module call the platform's own client.
 */
export interface TenantStore {
  /**
   * Reads one tenant.
   *
   * @param tenant a name of letters, digits, `.`, `_` and `-`, 253 characters at most
   * @returns a {@link TenantDocument}, a policy, or the JSON text of either; null for no such tenant
   */
  get(tenant: string): Promise<unknown>
  /**
   * Tells about changes until the returned function is called.
   *
   * @param changed takes the name of the tenant; null where any may have changed, as after a lost
   *   connection
   */
  watch?(changed: (tenant: string | null) => void, failed: (error: unknown) => void): () => void
}

/** A store that can also be written. */
export interface WritableTenantStore extends TenantStore {
  /**
   * Replaces a tenant's document, or with null removes it.
   *
   * @param version the version that is replaced; null for a tenant that does not exist yet
   * @returns false, without a change, where the store holds another version
   */
  put(tenant: string, document: TenantDocument | null, version: number | null): Promise<boolean>
}

/** Why a tenant has no fresh policy. The codes are API. */
export type TenantErrorCode =
  | 'store-failed'
  | 'store-late'
  | 'document-broken'
  | 'document-older'
  | 'too-many-unknown'
  | 'watch-failed'

/** What `onError` gets: the tenant, the cause, and what is done about it. */
export class TenantError extends Error {
  override readonly name = 'TenantError'
  readonly code: TenantErrorCode
  /** The tenant; null where all are concerned. */
  readonly tenant: string | null

  constructor(code: TenantErrorCode, tenant: string | null, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.tenant = tenant
  }
}

/** Options of {@link createTenants}. Times are in seconds, but for `timeoutMs`. */
export interface TenantsOptions<Q extends RequestHead, A extends unknown[]> {
  /**
   * Names the tenant of a request, or gives null for none. See {@link byHost}, {@link byPath} and
   * {@link byHeader}.
   */
  readonly identify: (request: Q, ...args: A) => string | null | Promise<string | null>
  /** The store, or a function that gives it: in Workers a binding comes with the request. */
  readonly store: TenantStore | ((request: Q, ...args: A) => TenantStore)
  /**
   * Names the tenants that a preflight could mean, where `identify` needs something that no
   * preflight carries: an API key or a token. The preflight is answered for the union of the first
   * 64; the actual request is judged by its own tenant alone.
   */
  readonly preflight?: (request: Q, ...args: A) => readonly string[] | Promise<readonly string[]>
  /**
   * How long a policy counts as fresh, less up to a tenth at random.
   *
   * @default 60
   */
  readonly ttl?: number
  /**
   * How long after `ttl` a policy is used while it is read again in the background.
   *
   * @default 300
   */
  readonly staleWhileRevalidate?: number
  /**
   * How long after `ttl` a policy is used while the store fails, or holds a broken document.
   *
   * @default 86400
   */
  readonly staleIfError?: number
  /**
   * How long it is remembered that a tenant does not exist.
   *
   * @default 30
   */
  readonly negativeTtl?: number
  /**
   * How long the store may take, in milliseconds.
   *
   * @default 2000
   */
  readonly timeoutMs?: number
  /**
   * How many tenants are kept. The one that was not used for longest goes first.
   *
   * @default 10000
   */
  readonly maxEntries?: number
  /**
   * How many unknown names are remembered. They have a place of their own, so strangers cannot
   * push a tenant out.
   *
   * @default 10000
   */
  readonly maxNegative?: number
  /**
   * How many names that the store does not know are looked up in it per minute. Above that, a
   * tenant that is not kept here is refused without a read.
   *
   * @default 600
   */
  readonly unknownPerMinute?: number
  /**
   * What happens to an actual request that no policy allows, as in `perRequest`. With `preflight`,
   * it also holds for every policy that does not say otherwise.
   *
   * @default 'pass', and 'forbid' with `preflight`
   */
  readonly refused?: 'pass' | 'forbid'
  /**
   * Keeps the runtime alive for work behind an answer.
   *
   * @default the `waitUntil` of an argument that has one, such as the context of a Worker
   */
  readonly waitUntil?: (work: Promise<unknown>, request: Q, ...args: A) => void
  /**
   * Called for each failure. It may throw; the request goes on.
   *
   * @default console.error, for each tenant and code once per minute
   */
  readonly onError?: (error: TenantError) => void
  /**
   * The clock, in milliseconds.
   *
   * @default Date.now
   */
  readonly now?: () => number
  /**
   * Gives a number from 0 up to 1.
   *
   * @default Math.random
   */
  readonly random?: () => number
}

/** What the caches have done since the start. */
export interface TenantsStats {
  /** Reads of the store. */
  readonly reads: number
  /** Tenants that are kept. */
  readonly known: number
  /** Names that are remembered as unknown. */
  readonly unknown: number
}

/** Policies of many tenants. Every adapter and the edge proxy take it. */
export interface Tenants<Q extends RequestHead = Request, A extends unknown[] = []> extends AsyncCors<Q, A> {
  /**
   * Forgets what is known of a tenant, so that the next request reads it. Call it after a write in
   * the same process, where the store has no `watch`.
   *
   * @param tenant the tenant; all without it
   */
  forget(tenant?: string): void
  /** Counts reads and entries, for a metric. */
  stats(): TenantsStats
  /** Ends the watch. */
  close(): void
}
