interface CorsPolicy {
  /** ORIGINS DOC */
  readonly origins: '*' | readonly string[] | ((origin: string) => boolean)
  readonly credentials?: boolean
  readonly methods?: '*' | readonly string[]
  readonly maxAge?: number
  readonly refused?: 'pass' | 'forbid'
}
type Documented = { readonly [K in keyof CorsPolicy]: unknown }
type Origin<S> = S extends string ? (string extends S ? S : S extends `${infer A}://${infer B}/` ? `✖ an origin has no trailing slash: write "${A}://${B}"` : S) : S
type Checked<P> = { [K in keyof P]: K extends 'origins' ? (P[K] extends readonly unknown[] ? { [I in keyof P[K]]: Origin<P[K][I]> } : P[K] extends '*' ? (P extends {credentials: true} ? '✖ "*" cannot be combined with credentials: true; list the origins you trust' : P[K]) : P[K]) : K extends keyof CorsPolicy ? (P[K] extends CorsPolicy[K] ? P[K] : `✖ wrong type`) : '✖ a policy has no option of this name: write "x"' }
interface Cors { decide(): void }
declare function createCors<const P extends CorsPolicy>(policy: Checked<P> & Documented): Cors
type Loose = { readonly [K in keyof CorsPolicy]?: unknown }
declare function createCors2<const P extends Loose>(policy: Checked<P> & Documented): Cors
declare function createCors3<const P extends { readonly [key: string]: unknown }>(policy: Checked<P> & Documented): Cors
declare function createCors4<const P extends object>(policy: Checked<P> & Documented): Cors
declare function hono<const P extends CorsPolicy>(policy: (Checked<P> & Documented) | Cors | ((c: {env: string}) => Cors)): void
for (const _ of []) {
createCors({ origins: ['https://a.com', 'https://b.com/'] })
createCors({ origins: '*', credentials: true })
createCors({ origins: ['https://a.com'], allowedHeaders: ['x'] })
createCors({ origin: ['https://a.com'] })
createCors({ origins: ['https://a.com'], maxAge: '600' })
createCors({ origins: ['https://a.com'], refused: 'deny' })
createCors({ origins: (o) => o === 'x' })
createCors({})
createCors2({ origins: ['https://a.com', 'https://b.com/'] })
createCors2({ origins: '*', credentials: true })
createCors2({ origins: ['https://a.com'], allowedHeaders: ['x'] })
createCors2({ origin: ['https://a.com'] })
createCors2({ origins: ['https://a.com'], maxAge: '600' })
createCors2({ origins: ['https://a.com'], refused: 'deny' })
createCors2({ origins: (o) => o === 'x' })
createCors2({})
createCors3({ origins: ['https://a.com', 'https://b.com/'] })
createCors3({ origins: '*', credentials: true })
createCors3({ origins: ['https://a.com'], allowedHeaders: ['x'] })
createCors3({ origin: ['https://a.com'] })
createCors3({ origins: ['https://a.com'], maxAge: '600' })
createCors3({ origins: ['https://a.com'], refused: 'deny' })
createCors3({ origins: (o) => o === 'x' })
createCors3({})
createCors4({ origin: ['https://a.com'] })
createCors4({ origins: ['https://a.com'], maxAge: '600' })
createCors4({ origins: (o) => o === 'x' })
hono({ origins: ['https://a.com', 'https://b.com/'] })
hono({ origins: '*', credentials: true })
hono({ origins: ['https://a.com'], allowedHeaders: ['x'] })
hono((c) => createCors({ origins: [c.env] }))
hono({ origin: ['https://a.com'] })
}
declare const p: CorsPolicy
createCors(p); createCors2(p); hono(p)
createCors3(p)
