import { cors } from 'corsmith/node'
import { createCors, CorsPolicyError, type CorsPolicy } from 'corsmith'
import { cors as honoCors } from 'corsmith/hono'
import { Hono } from 'hono'
export const m = cors({ origins: ['https://a.com'] })
export const c = createCors({ origins: ['https://a.com'] } satisfies CorsPolicy)
export const app = new Hono()
app.use('*', honoCors({ origins: ['https://a.com'] }))
try { createCors(JSON.parse('{}')) } catch (e) { if (e instanceof CorsPolicyError) e.issues[0].suggestion }
// @ts-expect-error
createCors({ origins: 42 })
// @ts-expect-error
honoCors({ origins: 42 })
