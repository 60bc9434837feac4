// A sample of `npm run test:migrate`: what the report names is what running the library finds.
import { describe, expect, it } from 'vitest'
import type { PeerName } from '../../src/migrate/peer.ts'
import { describeWith } from '../support/component.ts'
import { differ } from './differential.ts'
import type { Real } from './real.ts'
import { PEERS_PYTHON, pythonWithPeers, startReal } from './real.ts'

const SEED = 20_261_129
const python = {
  name: PEERS_PYTHON,
  present: pythonWithPeers() !== null,
  cure: 'a virtual environment with test/migrate/peers.txt, as .ci/run makes it',
}

async function reported(name: PeerName, bend: (real: Real) => Real = (real) => real) {
  const real = await startReal(name)
  if (real === null) throw new Error(`${name} is not installed`)
  await using started = real
  return await differ(name, bend(started), 40, SEED)
}

describe('the report of migrate', () => {
  it.each(['express', 'hono', 'fastify', 'h3'] as const)('names each difference to %s, and no other', async (name) => {
    const { sets, differences, missed, invented } = await reported(name)
    expect(sets).toBeGreaterThan(30)
    expect(differences).toBeGreaterThan(sets)
    expect([missed, invented]).toEqual([[], []])
  })

  it('is caught where the library behaves in another way', async () => {
    // A library that allows one method more than its options say.
    const bend = (real: Real): Real => ({
      ...real,
      async askAll(batch) {
        const answers = await real.askAll(batch)
        return answers.map((each) =>
          typeof each === 'string'
            ? each
            : each.map((answer) => ({
                ...answer,
                headers: answer.headers.map(([name, value]) =>
                  name.toLowerCase() === 'access-control-allow-methods'
                    ? ([name, `${value},X-ANY`] as const)
                    : ([name, value] as const),
                ),
              })),
        )
      },
      [Symbol.asyncDispose]: () => real[Symbol.asyncDispose](),
    })
    expect((await reported('hono', bend)).missed.length).toBeGreaterThan(0)
  })
})

describeWith([python], 'the report of migrate about Python', () => {
  it.each(['flask', 'django'] as const)('names each difference to %s, and no other', async (name) => {
    const { missed, invented } = await reported(name)
    expect([missed, invented]).toEqual([[], []])
  })
})
