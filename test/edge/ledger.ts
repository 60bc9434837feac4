/**
 * What each tenant allows, and what each answer should have been. It knows nothing of corsmith: an origin is allowed where it
 * stands in a list, and that is all.
 */

/** The part of a host after the tenant's name. */
export const DOMAIN = 'api.test'

/** What an answer says. */
export interface Heard {
  readonly status: number
  readonly allowOrigin: string | null
  readonly vary: string | null
  /** The request that the API says it answered; null where no API answered. */
  readonly echoed: string | null
}

/** A request of a page. */
export interface Asked {
  readonly id: string
  readonly tenant: number
  readonly origin: string
  /** Whether the tenant has this origin in its list from the beginning to the end. */
  readonly isConstant: boolean
  readonly isPreflight: boolean
}

/** How an answer was wrong. */
export type Wrong = 'without headers' | 'of another'

export interface Ledger {
  /** The document of a tenant as it is now, or as it was one edit ago. */
  document(tenant: number, isOld?: boolean): string
  /** Adds an origin to a tenant, and takes the one that was added before. Gives the new one. */
  edit(tenant: number): string
  constantOrigin(tenant: number): string
  /** The origin of the last edit; null before the first. */
  latest(tenant: number): string | null
  /** The origins that were allowed for a while. */
  former(tenant: number): readonly string[]
  edited(): readonly number[]
  /**
   * Judges an answer while stores fail and documents change.
   *
   * @param isWarm whether this server has allowed the constant origin of the tenant before: from then on it has a good policy
   */
  judge(asked: Asked, heard: Heard, isWarm: boolean): Wrong | null
}

export function createLedger(): Ledger {
  const edits = new Map<number, string[]>()
  const constantOrigin = (tenant: number) => `https://app.t${tenant}.example`
  const latest = (tenant: number) => edits.get(tenant)?.at(-1) ?? null

  /** Every origin that the tenant has ever allowed. A server may be behind, and no more than that. */
  function everAllowed(tenant: number, origin: string): boolean {
    return origin === constantOrigin(tenant) || (edits.get(tenant)?.includes(origin) ?? false)
  }

  return {
    constantOrigin,
    latest,
    former: (tenant) => edits.get(tenant)?.slice(0, -1) ?? [],
    edited: () => [...edits.keys()],
    document(tenant, isOld = false) {
      const list = edits.get(tenant) ?? []
      const version = 1 + list.length - (isOld && list.length > 0 ? 1 : 0)
      const extra = list[version - 2]
      const origins = [constantOrigin(tenant), ...(extra === undefined ? [] : [extra])]
      return JSON.stringify({ version, policy: { origins, methods: ['PUT'], maxAge: 600 } })
    },
    edit(tenant) {
      const list = edits.get(tenant) ?? []
      const origin = `https://v${list.length + 2}.t${tenant}.example`
      edits.set(tenant, [...list, origin])
      return origin
    },
    judge({ id, tenant, origin, isConstant, isPreflight }, { status, allowOrigin, vary, echoed }, isWarm) {
      if (echoed !== null && echoed !== id) return 'of another'
      if (allowOrigin !== null && (allowOrigin !== origin || !everAllowed(tenant, origin))) return 'of another'
      const varies = (vary ?? '').split(',').some((name) => name.trim().toLowerCase() === 'origin')
      if (!varies) return 'without headers'
      if (isConstant && isWarm && allowOrigin === null) return 'without headers'
      if (isPreflight && allowOrigin === null && status !== 403) return 'without headers'
      return null
    },
  }
}
