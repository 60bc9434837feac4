import { diffPolicies, type PolicyDiff } from '../policy/data/diff.ts'
import { CorsPolicyError, placeOf } from '../policy/error.ts'
import type { PolicyIssue } from '../policy/types.ts'
import { createCorsOf } from '../server/create.ts'
import { READ } from '../spec/fields.ts'
import { compileDocument, readDocument, versionOf } from './document.ts'
import type { TenantDocument, WritableTenantStore } from './types.ts'

/** One change of a tenant, as data. Add who made it, and keep it. */
export interface AuditRecord {
  readonly tenant: string
  readonly action: 'created' | 'changed' | 'removed' | 'preview-added' | 'preview-removed'
  /** The time, as `Date.prototype.toISOString` writes it. */
  readonly at: string
  readonly before: TenantDocument | null
  readonly after: TenantDocument | null
  /** What was confirmed: a widening, or that the editor's own origin is refused from now on. */
  readonly confirmed: readonly Confirmation[]
}

/** What a change can need a confirmation for. */
export type Confirmation = 'widening' | 'lock-out'

/** What became of a change. */
export type EditResult =
  | {
      readonly ok: true
      readonly document: TenantDocument | null
      /** What changes; null where the tenant is new, removed, or had a broken document. */
      readonly diff: PolicyDiff | null
      readonly audit: AuditRecord
    }
  | {
      readonly ok: false
      /**
       * - `policy-defect`: the policy has the defects in `issues`
       * - `version-conflict`: the store holds another version; `document` is what it holds now
       * - `widening`: `diff` allows something new
       * - `lock-out`: the origin that edits would be refused
       */
      readonly code: 'policy-defect' | 'version-conflict' | Confirmation
      /** What is wrong and what to do, in one sentence. */
      readonly detail: string
      readonly issues: readonly PolicyIssue[]
      readonly diff: PolicyDiff | null
      readonly document: TenantDocument | null
    }

/** A change of a tenant's policy. */
export interface TenantEdit {
  /** The new policy, parsed or as text; null removes the tenant. */
  readonly policy: unknown
  /** The version that the editor saw; null for a tenant that does not exist yet. */
  readonly version: number | null
  /** The origin of the page that edits. It stays allowed, unless `lock-out` is confirmed. */
  readonly editor?: string
  /** What the editor has confirmed. */
  readonly confirm?: readonly Confirmation[]
  /**
   * The clock, in milliseconds.
   *
   * @default Date.now
   */
  readonly now?: () => number
}

/**
 * Changes the policy of a tenant. The policy is checked and compared with the one in use; only then
 * it is written, and only if the version is still the one that the editor saw. Who may call this,
 * and who called, is the application's business.
 *
 * A change that allows something new needs `confirm: ['widening']`. One that refuses the editor's
 * own page needs `confirm: ['lock-out']`: from that page it could not be undone.
 *
 * @param store where the tenant is kept
 * @param tenant the name
 * @param edit the policy, and the version that it replaces
 * @returns the written document with an audit record, or the reason why nothing was written
 * @throws what the store throws
 *
 * @example
 * ```ts
 * import { editTenant, memoryStore } from 'corsmith/tenants'
 *
 * const store = memoryStore()
 * const result = await editTenant(store, 'acme', {
 *   policy: { origins: ['https://app.acme.example/'] },
 *   version: null,
 * })
 * if (!result.ok) console.log(result.detail)
 * // origins[0]: an origin has no trailing slash: write "https://app.acme.example"
 * ```
 */
export async function editTenant(store: WritableTenantStore, tenant: string, edit: TenantEdit): Promise<EditResult> {
  const { policy, version, editor, confirm = [], now = Date.now } = edit
  const held = await heldOf(store, tenant)
  if (held.version !== version) return conflict(held)
  const before = held.document
  let after: TenantDocument | null
  try {
    after = policy === null ? null : nextDocument(held, policy)
    if (after !== null) compileDocument(after, 0, false)
  } catch (error) {
    return defect(error, before)
  }
  const diff = before === null || after === null ? null : diffPolicies(before.policy, after.policy)
  const needed = neededConfirmations(diff, before, after, editor)
  const missing = needed.find((one) => !confirm.includes(one))
  if (missing !== undefined) return unconfirmed(missing, diff, before, editor)
  if (!(await store.put(tenant, after, version))) return conflict(await heldOf(store, tenant))
  const action = after === null ? 'removed' : held.version === null ? 'created' : 'changed'
  const at = new Date(now()).toISOString()
  return { ok: true, document: after, diff, audit: { tenant, action, at, before, after, confirmed: needed } }
}

/** What a store holds of a tenant. Without a version there is none; without a document it is broken. */
export interface Held {
  readonly version: number | null
  readonly document: TenantDocument | null
}

/** Reads a tenant for an editor, who may replace a broken document. */
export async function heldOf(store: WritableTenantStore, tenant: string): Promise<Held> {
  const given = await store.get(tenant)
  try {
    const document = given === null || given === undefined ? null : readDocument(given)
    return { version: document?.version ?? null, document }
  } catch {
    return { version: versionOf(given), document: null }
  }
}

function nextDocument({ version: held, document: before }: Held, policy: unknown): TenantDocument {
  const version = (held ?? 0) + 1
  const { policy: checked } = readDocument({
    version,
    policy: typeof policy === 'string' ? JSON.parse(policy) : policy,
  })
  const isPreviewed = before?.previews !== undefined && Array.isArray(checked.origins)
  return { version, policy: checked, ...(isPreviewed ? { previews: before.previews } : {}) }
}

function neededConfirmations(
  diff: PolicyDiff | null,
  before: TenantDocument | null,
  after: TenantDocument | null,
  editor: string | undefined,
): readonly Confirmation[] {
  const isWider = diff !== null && diff.allowed.length > 0
  const isLockedOut = editor !== undefined && allows(before, editor) && !allows(after, editor)
  return [...(isLockedOut ? (['lock-out'] as const) : []), ...(isWider ? (['widening'] as const) : [])]
}

function allows(document: TenantDocument | null, origin: string): boolean {
  if (document === null) return false
  const headers = { get: (name: string) => (name === READ.origin ? origin : null) }
  return createCorsOf(document.policy).decide({ method: 'GET', headers }).shared
}

function refused(
  code: 'policy-defect' | 'version-conflict' | Confirmation,
  detail: string,
  document: TenantDocument | null,
) {
  return {
    ok: false,
    code,
    detail,
    issues: [] as readonly PolicyIssue[],
    diff: null as PolicyDiff | null,
    document,
  } as const
}

function conflict({ version, document }: Held): EditResult {
  const held = version === null ? 'does not exist' : `has version ${version}`
  return refused('version-conflict', `the tenant ${held} now: read it again, and repeat the change`, document)
}

function defect(error: unknown, document: TenantDocument | null): EditResult {
  if (error instanceof CorsPolicyError)
    return { ...refused('policy-defect', sentenceOf(error.issues[0]), document), issues: error.issues }
  return refused('policy-defect', error instanceof Error ? error.message : String(error), document)
}

function sentenceOf({ path, message }: PolicyIssue): string {
  return path.length === 0 ? message : `${placeOf(path)}: ${message}`
}

function unconfirmed(
  code: Confirmation,
  diff: PolicyDiff | null,
  document: TenantDocument | null,
  editor: string | undefined,
): EditResult {
  const detail =
    code === 'lock-out'
      ? `this page, ${editor}, would be refused, and could not undo it: keep its origin, or confirm "lock-out"`
      : `${(diff?.allowed ?? []).map(({ sentence }) => sentence).join('; ')}: confirm "widening"`
  return { ...refused(code, detail, document), diff }
}
