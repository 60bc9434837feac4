// What corsmith/hono adds to the work of Hono for an ordinary answer: nothing is built, nothing is read.
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import { from, PAGE } from '../support/pages.ts'

const POLICY = { origins: [PAGE, 'https://admin.example'], credentials: true } as const

describe('responses behind cors() of corsmith/hono', () => {
  it('are neither built anew nor read for one allowed GET of a text', async () => {
    const app = new Hono().use(cors(POLICY)).get('/', (c) => c.text('hello'))
    const bare = new Hono().use((_, next) => next()).get('/', (c) => c.text('hello'))
    const counted = await counting(() => app.fetch(from(PAGE)))
    expect(counted).toEqual(await counting(() => bare.fetch(from(PAGE))))
    expect(counted).toEqual({ responses: 1, bodyReads: 0 })
  })
})

/** Counts the Responses that are built while something runs, and how often the body of one is looked at. */
async function counting(run: () => unknown): Promise<{ responses: number; bodyReads: number }> {
  const Original = globalThis.Response
  const counts = { responses: 0, bodyReads: 0 }
  class Counted extends Original {
    constructor(...args: ConstructorParameters<typeof Response>) {
      super(...args)
      counts.responses++
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Original.prototype, 'body') as PropertyDescriptor
  Object.defineProperty(Original.prototype, 'body', {
    ...descriptor,
    get(this: Response) {
      counts.bodyReads++
      return descriptor.get?.call(this)
    },
  })
  globalThis.Response = Counted
  try {
    await run()
    return counts
  } finally {
    globalThis.Response = Original
    Object.defineProperty(Original.prototype, 'body', descriptor)
  }
}
