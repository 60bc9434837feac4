import { expect, it } from 'vitest'
import { diagnose } from '../../../src/diagnose.ts'
import { answer } from '../settles.ts'
import type { Handler } from '../stage.ts'

const LETTERS = 'ABCDEFGHIJ'

it('a server that lists thousands makes the work of a fix no larger than one that lists dozens', async () => {
  const list = (name: (i: number) => string, by = ', ') => Array.from({ length: 3000 }, (_, i) => name(i)).join(by)
  const methods = list((i) => `M${[i, i / 10, i / 100].map((n) => LETTERS.charAt(Math.floor(n) % 10)).join('')}`)
  const server: Handler = ({ isPreflight }) => ({
    headers: [
      [
        'Access-Control-Allow-Origin',
        isPreflight ? 'https://app.example.com' : list((i) => `https://n${i}.example.com`, ' '),
      ],
      ['Access-Control-Allow-Methods', methods],
      ['Access-Control-Allow-Headers', list((i) => `X-N${i}`)],
      ['Access-Control-Expose-Headers', list((i) => `X-N${i}`)],
    ],
  })
  const { findings } = await diagnose('https://api.example.com/items', {
    origin: 'https://app.example.com',
    method: 'PUT',
    headers: { 'X-Q': '1' },
    send: true,
    transport: async (wire) => answer(server, wire) ?? { kind: 'reset', detail: '' },
  })
  const fix = findings.find((each) => each.fix?.policy)?.fix
  expect(fix?.policy?.origins.length).toBeLessThan(20)
  expect([fix?.policy?.methods, fix?.policy?.requestHeaders].map((names) => names?.length)).toEqual([41, 41])
  expect(fix?.proof?.passed).toBeLessThan(64)
}, 20_000)
