// The tenants of the demonstration.
import type { TenantDocument } from 'corsmith/tenants'

/** The names and documents: two customers to look at, and others to make a crowd. */
export function seeds(pages: (name: string) => string, count: number): readonly (readonly [string, string])[] {
  const documentFor = (...origins: string[]): TenantDocument => ({
    version: 1,
    policy: { origins, methods: ['PUT', 'DELETE'], requestHeaders: ['Authorization', 'Content-Type'], maxAge: 5 },
  })
  const named: [string, TenantDocument][] = [
    ['acme', documentFor(pages('admin'), pages('app.acme'))],
    ['globex', documentFor(pages('admin'), pages('app.globex'))],
  ]
  const others = Array.from({ length: Math.max(0, count - named.length) }, (_, i): [string, TenantDocument] => [
    `t${i}`,
    documentFor(`https://app.t${i}.example`),
  ])
  return [...named, ...others].map(([name, document]) => [name, JSON.stringify(document)] as const)
}
