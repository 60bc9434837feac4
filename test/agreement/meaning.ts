/**
 * What a policy means, written down naively from its documentation: no code of the engine and none of the judge.
 */
import type { CorsPolicy } from '../../src/index.ts'
import type { PageRequest } from './grid.ts'

/** Tells whether the policy means that the page gets the response. */
export function isMeantToBeShared(policy: CorsPolicy, request: PageRequest, coversAuthorization: boolean): boolean {
  if (!allowsOrigin(policy.origins, request.origin)) return false
  const included = request.credentials === 'include'
  if (included && policy.credentials !== true) return false
  if (!allowsMethod(policy.methods, normal(request.method))) return false
  return request.headers.every(
    ([name, value]) => isFree(name, value) || allowsHeader(policy, name, coversAuthorization),
  )
}

/** Tells whether the policy means that a page which gets the response can read a header of it. */
export function isMeantToBeReadable(policy: CorsPolicy, name: string): boolean {
  if (['cache-control', 'content-length', 'content-type'].includes(name)) return true
  const { exposedHeaders = [] } = policy
  return exposedHeaders === '*' || exposedHeaders.some((entry) => covers(entry, name))
}

function allowsOrigin(origins: CorsPolicy['origins'], origin: string): boolean {
  if (origins === '*') return true
  if (origin === 'null') return false
  if (typeof origins === 'function') return origins(origin)
  return origins.some((entry) => {
    if (entry === origin) return true
    if (entry === 'http://localhost:*') return /^http:\/\/localhost(:\d+)?$/.test(origin)
    if (entry === 'https://*.example.com') return /^https:\/\/([a-z0-9-]+\.)+example\.com$/.test(origin)
    if (entry === 'https://*.example.net') return /^https:\/\/([a-z0-9-]+\.)+example\.net$/.test(origin)
    if (entry === 'https://app-*.example.com') return /^https:\/\/app-[a-z0-9-]*[a-z0-9]\.example\.com$/.test(origin)
    return false
  })
}

function normal(method: string): string {
  const upper = method.toUpperCase()
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'].includes(upper) ? upper : method
}

function allowsMethod(methods: CorsPolicy['methods'] = [], method: string): boolean {
  return ['GET', 'HEAD', 'POST'].includes(method) || methods === '*' || methods.includes(method)
}

function allowsHeader(policy: CorsPolicy, name: string, coversAuthorization: boolean): boolean {
  const { requestHeaders = [] } = policy
  const list = requestHeaders === '*' ? ['*'] : requestHeaders
  if (list.some((entry) => entry !== '*' && covers(entry, name))) return true
  if (!list.includes('*')) return false
  // `*` never covers Authorization; without credentials `*` is what is sent, and engines let Authorization through.
  return name.toLowerCase() !== 'authorization' || (coversAuthorization && policy.credentials !== true)
}

function covers(entry: string, name: string): boolean {
  const [pattern, lower] = [entry.toLowerCase(), name.toLowerCase()]
  return pattern.endsWith('*') ? lower.startsWith(pattern.slice(0, -1)) : pattern === lower
}

/** The values used here that need no permission. */
function isFree(name: string, value: string): boolean {
  if (value.length > 128) return false
  switch (name.toLowerCase()) {
    case 'accept':
      return !value.includes('"')
    case 'accept-language':
      return /^[0-9A-Za-z *,\-.;=]*$/.test(value)
    case 'content-type':
      return value === 'text/plain'
    case 'range':
      return value === 'bytes=0-1'
    default:
      return false
  }
}
