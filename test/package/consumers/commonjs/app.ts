import { type CorsPolicy, CorsPolicyError, createCors } from 'corsmith'
import { cors as hono } from 'corsmith/hono'
import { cors as node } from 'corsmith/node'
import { Hono } from 'hono'

const policy = { origins: ['https://app.example.com'], methods: ['PUT'] } satisfies CorsPolicy
export const made = createCors(policy)
export const middleware = node(policy)
export const app = new Hono()
app.use('/api/*', hono(policy))
app.use('/made/*', hono(made))

export function suggestionOf(error: unknown): unknown {
  return error instanceof CorsPolicyError ? error.issues[0].suggestion : undefined
}

// Where declarations cannot be resolved, everything is `any`, and nothing an error.
// @ts-expect-error
createCors({ origins: 42 })
// @ts-expect-error
hono({ origins: 42 })
// @ts-expect-error
node({ origins: 42 })
