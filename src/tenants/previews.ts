import { CorsPolicyError } from '../policy/error.ts'
import { compileDocument, MAX_PREVIEWS, readDocument, timeOf } from './document.ts'
import { type AuditRecord, heldOf } from './edit.ts'
import type { Preview, TenantDocument, WritableTenantStore } from './types.ts'

/** The longest time that a preview may last: 90 days, in milliseconds. */
const LONGEST = 90 * 86_400_000

/** How often a change is tried where other deployments write at the same moment. */
const MAX_TRIES = 8

/** What became of a preview. */
export type PreviewResult =
  | { readonly ok: true; readonly document: TenantDocument; readonly audit: AuditRecord | null }
  | { readonly ok: false; readonly code: 'no-tenant' | 'preview-defect' | 'version-conflict'; readonly detail: string }

/**
 * Allows the origin of one deployment until it expires. Call it where a deployment is announced,
 * after the announcement was authenticated. This is what patterns such as `https://*.vercel.app`
 * are asked for: there, anyone can register a name that matches.
 *
 * The preview counts beside the tenant's own list. Previews that have ended are removed with the
 * same write. An origin that is there already gets the new time.
 *
 * @param store where the tenant is kept
 * @param tenant the name of a tenant that exists
 * @param preview one exact origin, and a time at most 90 days ahead
 * @param now the clock, in milliseconds
 * @returns the written document with an audit record, or the reason why nothing was written
 * @throws what the store throws
 *
 * @example
 * ```ts
 * import { addPreview, memoryStore } from 'corsmith/tenants'
 *
 * const store = memoryStore({ acme: { origins: ['https://app.acme.example'] } })
 * const expires = new Date(Date.now() + 7 * 86_400_000).toISOString()
 * await addPreview(store, 'acme', { origin: 'https://acme-git-pr-7-team.vercel.app', expires })
 * ```
 */
export function addPreview(
  store: WritableTenantStore,
  tenant: string,
  preview: Preview,
  now: () => number = Date.now,
): Promise<PreviewResult> {
  return changePreviews(store, tenant, 'preview-added', now, (open, time) => {
    const end = timeOf(String(preview.expires)) ?? Number.NaN
    if (!(end > time && end <= time + LONGEST))
      throw new TypeError(
        `expires: ${JSON.stringify(preview.expires)}: write a time in the next 90 days, such as "${new Date(time + 604_800_000).toISOString()}"`,
      )
    const others = open.filter(({ origin }) => origin !== preview.origin)
    if (others.length >= MAX_PREVIEWS) throw new TypeError(`a tenant has ${MAX_PREVIEWS} previews at most: remove one`)
    return [...others, { origin: preview.origin, expires: preview.expires }]
  })
}

/**
 * Refuses the origin of a deployment again. An origin that is no preview is no error: a deployment
 * may be announced as removed twice.
 *
 * @param store where the tenant is kept
 * @param tenant the name of a tenant that exists
 * @param origin the origin of the deployment
 * @param now the clock, in milliseconds
 * @returns the written document, or the reason why nothing was written
 * @throws what the store throws
 *
 * @example
 * ```ts
 * import { memoryStore, removePreview } from 'corsmith/tenants'
 *
 * const store = memoryStore({ acme: { origins: ['https://app.acme.example'] } })
 * await removePreview(store, 'acme', 'https://acme-git-pr-7-team.vercel.app')
 * ```
 */
export function removePreview(
  store: WritableTenantStore,
  tenant: string,
  origin: string,
  now: () => number = Date.now,
): Promise<PreviewResult> {
  return changePreviews(store, tenant, 'preview-removed', now, (open) => open.filter((one) => one.origin !== origin))
}

async function changePreviews(
  store: WritableTenantStore,
  tenant: string,
  action: AuditRecord['action'],
  now: () => number,
  change: (open: readonly Preview[], time: number) => readonly Preview[],
): Promise<PreviewResult> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const { version: held, document: before } = await heldOf(store, tenant)
    if (before === null) {
      const why = held === null ? 'there is no such tenant: create it' : 'its document is broken: repair it'
      return { ok: false, code: 'no-tenant', detail: `${JSON.stringify(tenant)}: ${why} first` }
    }
    const time = now()
    const { previews = [] } = before
    const open = previews.filter(({ expires }) => (timeOf(expires) ?? 0) > time)
    let after: TenantDocument
    try {
      const { version, policy } = before
      after = readDocument({ version: version + 1, policy, previews: change(open, time) })
      compileDocument(after, time, false)
    } catch (error) {
      return { ok: false, code: 'preview-defect', detail: sentenceOfError(error) }
    }
    if (isSame(previews, after.previews ?? [])) return { ok: true, document: before, audit: null }
    if (await store.put(tenant, after, before.version)) {
      const audit = { tenant, action, at: new Date(time).toISOString(), before, after, confirmed: [] }
      return { ok: true, document: after, audit }
    }
  }
  return { ok: false, code: 'version-conflict', detail: 'other changes came first each time: try again' }
}

function isSame(a: readonly Preview[], b: readonly Preview[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function sentenceOfError(error: unknown): string {
  if (error instanceof CorsPolicyError) return error.issues[0].message
  return error instanceof Error ? error.message : String(error)
}
