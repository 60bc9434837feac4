// The policies that every app under test serves, each below a path of its name: /std/ok is /ok under `std`.
import type { CorsPolicy } from 'corsmith'

export const A = 'https://a.example'
export const B = 'https://b.example'
export const STRANGER = 'https://evil.test'

export const POLICIES = {
  /** The standard configuration of Appendix A.1. */
  std: {
    origins: [A, B],
    credentials: true,
    methods: ['PUT'],
    requestHeaders: ['Content-Type', 'X-Ok'],
    exposedHeaders: ['X-Req-Id'],
    maxAge: 600,
  },
  any: { origins: '*', methods: '*', requestHeaders: ['*', 'Authorization'], exposedHeaders: '*' },
  echo: { origins: [A], credentials: true, methods: '*', requestHeaders: ['*', 'Authorization'] },
  names: { origins: ['https://*.a.example'], requestHeaders: ['X-Amz-Meta-*'], exposedHeaders: ['X-Amz-Meta-*'] },
  forbid: { origins: [A], refused: 'forbid' },
  timing: { origins: [A], preflightStatus: 200, timingAllowOrigin: true },
  /** For real pages, which stand on a loopback port. */
  page: {
    origins: ['http://127.0.0.1:*'],
    credentials: true,
    methods: ['PUT'],
    requestHeaders: ['Content-Type', 'X-Ok'],
    exposedHeaders: ['X-Req-Id'],
  },
} as const satisfies Record<string, CorsPolicy>

export type PolicyName = keyof typeof POLICIES | 'tenant'

export const NAMES: readonly PolicyName[] = [...(Object.keys(POLICIES) as (keyof typeof POLICIES)[]), 'tenant']

/** The policy that a path stands under. Where no name leads the path, `std`. */
export function nameOf(url: string): PolicyName {
  const path = url.startsWith('/') ? url : new URL(url).pathname
  const first = path.split('/').find((part) => (NAMES as readonly string[]).includes(part))
  return (first ?? 'std') as PolicyName
}

/** The path below the policy's own. */
export function pathOf(url: string): string {
  const path = (url.startsWith('/') ? url : new URL(url).pathname).split('?')[0] ?? '/'
  const name = `/${nameOf(url)}/`
  const at = path.indexOf(name)
  return at < 0 ? path : path.slice(at + name.length - 1)
}
