import fc from 'fast-check'
import { expect, it } from 'vitest'
import { written } from '../../../../src/diagnose/fixes/snippets.ts'
import type { Target } from '../../../../src/diagnose.ts'
import { type CorsPolicy, createCors } from '../../../../src/index.ts'
import { candidate, constructing, SUFFIXES } from '../../../support/policies.ts'
import { holds } from '../../../support/property.ts'
import { send } from '../../../support/raw-http.ts'
import { ask } from '../../servers/apply.ts'
import type { Stage } from '../../stage.ts'
import { type Asking, engineShares, names, serverShares } from './agreement.ts'
import { GRID, POLICIES } from './grid.ts'

/** What a target does besides granting. */
export interface Manners {
  /** Requests that it is not asked, since it has no such path. */
  readonly skips?: (asking: Asking) => boolean
  /** What strangers may be told beside nothing, in a version that cannot be told otherwise. */
  readonly tells?: RegExp
  /** Where a plain OPTIONS is answered by the framework. */
  readonly ownsOptions?: true
}

/** Starts a target with a text pasted into it. */
export type Start = (text: string) => Promise<Stage>

/** Tries everything that a text promises. */
export function provesAll(target: Target, start: Start, manners: Manners = {}): void {
  it.each(POLICIES)(
    'shares what the policy shares, and nothing else: %s',
    async (_, policy) => {
      const { text, losses } = textFor(target, policy)
      const server = await start(text)
      try {
        const wrong: unknown[] = []
        for (const asking of GRID) {
          if (manners.skips?.(asking)) continue
          const [own, engine] = [await serverShares(server.origin, asking), await engineShares(policy, asking)]
          if (own !== engine && !(engine && losses.length > 0)) wrong.push({ ...asking, own, engine })
        }
        expect(wrong).toEqual([])
      } finally {
        await server.close()
      }
    },
    60_000,
  )

  it('says nothing to strangers but Vary, and answers no plain OPTIONS', async () => {
    const { text } = textFor(target, { origins: ['https://app.example.com'], credentials: true, maxAge: 600 })
    const server = await start(text)
    try {
      const stranger = { Origin: 'https://stranger.example.org' }
      const answers = await Promise.all([
        send(`${server.origin}/x`, { headers: stranger }),
        send(`${server.origin}/error`, { headers: stranger }),
        send(`${server.origin}/x`),
        send(`${server.origin}/x`, {
          method: 'OPTIONS',
          headers: { ...stranger, 'Access-Control-Request-Method': 'PUT' },
        }),
      ])
      const said = answers.flatMap(({ lines }, i) =>
        // To a request without an Origin a lone Timing-Allow-Origin gives nothing away.
        lines.filter(([name]) => (i === 2 ? /^access-control-/i : /^(access-control-|timing-)/i).test(name)),
      )
      expect(said.filter(([name]) => manners.tells?.test(name) !== true)).toEqual([])
      expect(answers.slice(0, 3).map((answer) => /\borigin\b/i.test(answer.all('Vary').join()))).toEqual([
        true,
        true,
        true,
      ])
      const options = await send(`${server.origin}/x`, {
        method: 'OPTIONS',
        headers: { Origin: 'https://app.example.com' },
      })
      if (manners.ownsOptions === undefined) expect(options.status).toBe(401)
    } finally {
      await server.close()
    }
  })

  it('is not warned about by check', async () => {
    const policy: CorsPolicy = {
      origins: ['https://app.example.com'],
      credentials: true,
      methods: ['PUT'],
      requestHeaders: ['Content-Type'],
      exposedHeaders: ['ETag'],
      maxAge: 600,
    }
    const server = await start(textFor(target, policy).text)
    try {
      const request = {
        credentials: 'include',
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: '{}',
        send: true,
        reads: ['ETag'],
      } as const
      const { conclusion, findings } = await ask(server.origin, '/x', request)
      expect([conclusion, findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code)]).toEqual([
        'allowed',
        [],
      ])
    } finally {
      await server.close()
    }
  })

  it('never allows an origin that the policy refuses, and none fewer', { timeout: 180_000 }, async () => {
    await holds(
      fc.asyncProperty(
        constructing.chain((policy) =>
          fc.tuple(
            fc.constant(policy),
            Array.isArray(policy.origins)
              ? fc.array(candidate(policy.origins as readonly string[]), { minLength: 10, maxLength: 10 })
              : fc.constant(['https://x.example']),
          ),
        ),
        async ([policy, candidates]) => {
          const { text, losses } = textFor(target, policy)
          const server = await start(text)
          try {
            const cors = createCors(policy)
            const listed = Array.isArray(policy.origins) ? (policy.origins as readonly string[]) : []
            const hostile = listed.flatMap((origin) => SUFFIXES.map((suffix) => origin + suffix))
            for (const origin of [...listed, ...candidates, ...hostile]) {
              // What cannot be sent in a field, or is trimmed on the way.
              if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(origin)) continue
              const headers = { get: (name: string) => (name === 'origin' ? origin : null) }
              const { shared } = cors.decide({ method: 'GET', headers })
              const own = await names(server.origin, origin)
              if (own === shared || (shared && losses.length > 0)) continue
              throw new Error(`${origin}: ${target} ${own ? 'shares' : 'refuses'}, the engine does not\n${text}`)
            }
          } finally {
            await server.close()
          }
        },
      ),
      { numRuns: 8 },
    )
  })
}

export function textFor(
  target: Target,
  policy: CorsPolicy,
): { readonly text: string; readonly losses: readonly string[] } {
  const made = written(target, policy)
  if (made === null) throw new Error(`nothing is written for ${target}`)
  return made
}
