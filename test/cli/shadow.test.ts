import { describe, expect, it } from 'vitest'
import { type Disagreement, shadow, shadowReport } from '../../src/swap.ts'
import { ADMIN, APP, actual, preflight, STRANGER } from '../support/exchanges.ts'
import { corsmith, file } from './run.ts'

const LIVE = { origins: [APP, ADMIN], methods: ['PUT'] } as const
const NEXT = { origins: [APP, STRANGER], methods: ['PUT', 'DELETE'] } as const

/** What a server in shadow mode writes: lines, and the list of a report. */
async function written(next: object, requests: readonly Request[]) {
  const lines: string[] = []
  const report = shadowReport()
  const onDisagreement = (found: Disagreement) => {
    lines.push(JSON.stringify(found))
    report.onDisagreement(found)
  }
  const fetch = shadow(LIVE, next as typeof NEXT, { onDisagreement }).wrap(() => new Response('hello'))
  for (const request of requests) await fetch(request)
  return {
    lines: file('shadow.log', `${['server is up', '{"event":"cors.refused"}', ...lines].join('\n')}\n`),
    summary: file('shadow.json', JSON.stringify(report.summary())),
  }
}

const REQUESTS = () => [actual(ADMIN), actual(ADMIN), actual(STRANGER), preflight(ADMIN, 'DELETE'), actual(APP)]

describe('corsmith shadow report', () => {
  it('counts disagreements by kind and origin, with an example', async () => {
    const { lines } = await written(NEXT, REQUESTS())
    const { code, out } = await corsmith(['shadow', 'report', lines])
    expect(code).toBe(1)
    expect(out).toContain('2 allowed today, and the candidate blocks it (narrower)\n')
    expect(out).toContain(`  2 × ${ADMIN}  origin-not-allowed  such as GET /`)
    expect(out).toContain('1 blocked today, and the candidate allows it (wider)\n')
    expect(out).toContain(`  1 × ${ADMIN}  method-not-permitted → origin-not-allowed  such as DELETE /`)
    expect(out).toContain('2 other lines were skipped\n')
    expect(out).toMatch(/the candidate is wider and narrower\n$/)
  })

  it('reads the list of a report as it reads lines, and adds files up', async () => {
    const { lines, summary } = await written(NEXT, REQUESTS())
    const counts = { allowed: 2, stopped: 4, other: 2 }
    const { out } = await corsmith(['shadow', 'report', lines, summary, '--json'])
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      counts,
      skipped: 2,
      rows: [{ change: 'stopped', count: 4 }, {}, {}],
    })
  })

  it.each([
    ['narrower', { origins: [APP] }, [actual(ADMIN)], 1],
    ['wider', { origins: [APP, ADMIN, STRANGER], methods: ['PUT'] }, [actual(STRANGER)], 1],
    ['changes nothing', { origins: [APP] }, [preflight(ADMIN, 'DELETE')], 0],
  ] as const)('says that the candidate is %s', async (said, next, requests, exit) => {
    const { summary } = await written(next, requests)
    const { code, out } = await corsmith(['shadow', 'report', summary])
    expect([code, out]).toEqual([exit, expect.stringContaining(said)])
  })

  it('takes an empty file for agreement', async () => {
    const { code, out } = await corsmith(['shadow', 'report', file('empty.log', '')])
    expect([code, out]).toEqual([0, 'for these requests, the candidate changes nothing in a browser\n'])
  })

  it.each([
    [[], 'no command: corsmith shadow report shadow.log'],
    [['reprot', 'x'], 'did you mean'],
    [['report'], 'no file'],
    [['report', '/no/such/file'], 'no such file'],
    [['report', file('a.log', 'hello\n[1]\n{"change":"allowed"}\n')], 'no line is a disagreement'],
    [
      ['report', file('b.json', '[{"change":"allowed","origin":"x","live":null,"candidate":null,"count":-1}]')],
      'no line',
    ],
  ])('%j is an error that helps', async (argv, hint) => {
    const { code, err } = await corsmith(['shadow', ...argv])
    expect([code, err]).toEqual([64, expect.stringContaining(hint)])
  })

  it('shows what strangers sent, and obeys none of it; their number has a limit', async () => {
    const line = (origin: string) =>
      JSON.stringify({
        change: 'stopped',
        origin,
        code: null,
        candidate: '\u001b[31m',
        method: '::error::',
        path: '/\u202e',
      })
    const many = Array.from({ length: 3000 }, (_, i) => line(`https://${i}.example`))
    const { out } = await corsmith(['shadow', 'report', file('hostile.log', [line('\u001b[2J'), ...many].join('\n'))])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    expect(out).not.toMatch(/[\u001b\u202e]/)
    expect(out).toContain('3001 allowed today')
    expect(out).toContain('2001 × (others)')
    expect(out.split('\n').length).toBeLessThan(30)
  })
})
