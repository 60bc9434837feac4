// Responses that are not the runtime's own: GraphQL Yoga and others bring a Response whose Headers walk differently.
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { corsNames } from '../support/loopback.ts'
import { from, PAGE, STRANGER } from '../support/pages.ts'

const cors = createCors({ origins: [PAGE], credentials: true, exposedHeaders: ['X-*'] })

/** As in `@whatwg-node/fetch`: `forEach` takes no `this` for its callback, and names come in the case in which they were given. */
class WalkedHeaders extends Headers {
  readonly #given: readonly (readonly [string, string])[]

  constructor(given: readonly (readonly [string, string])[]) {
    super(given.map(([name, value]) => [name, value] as [string, string]))
    this.#given = given
  }

  override forEach(callback: (value: string, name: string, parent: Headers) => void): void {
    for (const [name, value] of this.#given) if (this.has(name)) callback(value, name, this)
  }
}

function respond(): Response {
  const headers = new WalkedHeaders([
    ['Content-Type', 'application/json'],
    ['Access-Control-Allow-Origin', STRANGER],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Vary', 'Accept'],
    ['X-Total', '3'],
  ])
  const response = new Response('{}', { headers: { 'Content-Type': 'application/json' } })
  return Object.defineProperty(response, 'headers', { value: headers })
}

describe('a handler whose Response brings Headers of its own', () => {
  it('is shared with the page, by the policy alone', () => {
    const { headers } = cors.wrap(respond)(from(PAGE))
    expect(headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(headers.get('Access-Control-Expose-Headers')).toBe('x-total')
    expect(headers.get('Vary')).toBe('Accept, Origin')
  })

  it('answers a stranger as it would without a policy, and what it says of CORS is removed', () => {
    const answer = cors.wrap(respond)(from(STRANGER))
    expect(answer.status).toBe(200)
    expect(corsNames(answer.headers)).toEqual([])
    expect(answer.headers.get('Vary')).toBe('Accept, Origin')
  })

  it('is the same for apply() and for HEAD', () => {
    for (const request of [from(STRANGER), from(STRANGER, '/', { method: 'HEAD' })]) {
      const answer = cors.apply(request, respond())
      expect([answer.status, corsNames(answer.headers)]).toEqual([200, []])
    }
  })
})
