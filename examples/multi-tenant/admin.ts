// What a tenant's administrators may ask: read the policy, try a draft, write it, and announce previews.
import { CorsPolicyError, createCors } from 'corsmith'
import { type CorsPolicyJson, diffPolicies, policyFromJson } from 'corsmith/policy'
import {
  addPreview,
  type Confirmation,
  editTenant,
  type PreviewResult,
  readDocument,
  removePreview,
  type TenantDocument,
  type WritableTenantStore,
} from 'corsmith/tenants'
import { type Fault, problem } from './problem.ts'

/** Whose policy is meant, where it is, and what an administrator has to know. */
export interface Admin {
  readonly store: WritableTenantStore
  readonly tenant: string
  readonly token: string
}

type Body = Readonly<Record<string, unknown>>

/** Answers a request below `/_tenant`. */
export async function answerAdmin(request: Request, admin: Admin): Promise<Response> {
  if (!(await isAdministrator(request, admin.token)))
    return problem(401, 'unauthorized', 'send the token of an administrator')
  const { pathname } = new URL(request.url)
  const handler = HANDLERS[`${request.method} ${pathname}`]
  if (handler === undefined) return problem(404, 'not-found', `there is no ${request.method} ${pathname}`)
  const body = request.method === 'GET' ? {} : await readBody(request)
  return body === null ? problem(400, 'no-json', 'send an object as JSON') : handler(admin, body, request)
}

const HANDLERS: Readonly<Record<string, (admin: Admin, body: Body, request: Request) => Promise<Response>>> = {
  async 'GET /_tenant'(admin) {
    const held = await heldOf(admin)
    return held instanceof Response ? held : Response.json(held)
  },

  /** Says what a draft would change, and what one origin would get. Writes nothing. */
  async 'POST /_tenant/try'(admin, { policy, origin, method }) {
    const held = await heldOf(admin)
    if (held instanceof Response) return held
    let draft: CorsPolicyJson
    try {
      draft = policyFromJson(policy)
    } catch (error) {
      return problem(422, 'policy-defect', error instanceof Error ? error.message : String(error), {
        issues: issuesOf(error),
      })
    }
    return Response.json({
      diff: diffPolicies(held.policy, draft),
      gets: whatWouldGet(draft, String(origin), String(method ?? 'GET')),
    })
  },

  async 'PUT /_tenant'({ store, tenant }, { policy, version, confirm }, request) {
    const result = await editTenant(store, tenant, {
      policy,
      version: typeof version === 'number' ? version : null,
      // The page that edits must not lock itself out.
      editor: request.headers.get('origin') ?? '',
      confirm: Array.isArray(confirm) ? (confirm as Confirmation[]) : [],
    })
    if (!result.ok) {
      const { code, detail, issues, diff, document } = result
      return problem(code === 'policy-defect' ? 422 : 409, code, detail, {
        issues,
        diff,
        version: document?.version ?? null,
      })
    }
    // Who it was is known here alone. A real service writes this line to a table.
    console.log(JSON.stringify({ by: 'administrator', ...result.audit }))
    return Response.json({ document: result.document, diff: result.diff })
  },

  /** Shaped like a webhook of a platform that announces deployments. */
  async 'POST /_tenant/previews'({ store, tenant }, { origin, expires }) {
    return previewed(await addPreview(store, tenant, { origin: String(origin), expires: String(expires) }))
  },

  async 'DELETE /_tenant/previews'({ store, tenant }, { origin }) {
    return previewed(await removePreview(store, tenant, String(origin)))
  },
}

/** Reads a tenant. A document that cannot be read is a problem with its sentence, and can be replaced. */
async function heldOf({ store, tenant }: Admin): Promise<TenantDocument | Response> {
  const held = await store.get(tenant)
  if (held === null) return problem(404, 'no-tenant', `there is no tenant "${tenant}"`)
  try {
    return readDocument(held)
  } catch (error) {
    return problem(409, 'document-broken', error instanceof Error ? error.message : String(error))
  }
}

/** What the pages of an origin would get under a policy. */
function whatWouldGet(policy: CorsPolicyJson, origin: string, method: string) {
  const cors = createCors(policy)
  const fields = new Map([
    ['origin', origin],
    ['access-control-request-method', method],
  ])
  const headers = { get: (name: string) => fields.get(name) ?? null }
  const { shared, rule, refusal } = cors.decide({ method: 'GET', headers })
  return { origin, shared, rule, refusal, preflight: Object.fromEntries(cors.entries({ method: 'OPTIONS', headers })) }
}

function previewed(result: PreviewResult): Response {
  if (result.ok) return Response.json({ document: result.document })
  const status: Readonly<Record<Extract<PreviewResult, { ok: false }>['code'], number>> = {
    'no-tenant': 404,
    'preview-defect': 422,
    'version-conflict': 409,
  }
  return problem(status[result.code], result.code, result.detail)
}

function issuesOf(error: unknown): Fault['issues'] {
  return error instanceof CorsPolicyError ? error.issues : []
}

async function readBody(request: Request): Promise<Body | null> {
  const value: unknown = await request.json().catch(() => null)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : null
}

/**
 * Tells whether a request has the administrator's token. Digests are compared, so that the time taken tells nothing of it. A
 * binding that was not set is undefined: every request is refused then.
 */
export async function isAdministrator(request: Request, token: string | undefined): Promise<boolean> {
  const digest = async (text: string) => {
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    return new Uint8Array(bytes).join()
  }
  const given = request.headers.get('authorization') ?? ''
  if (!token) return false
  return (await digest(given)) === (await digest(`Bearer ${token}`))
}
