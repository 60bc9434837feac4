import { describe, expect, it } from 'vitest'
import { type Handler, ORIGIN, type Request } from '../stage.ts'
import { always, MARK, PUT, per, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const allow = (value: string): Line => ['Access-Control-Allow-Origin', value]
const says = (...values: string[]): Handler => always(200, values.map(allow))
const STAR = allow('*')
const CREDENTIALS: Line = ['Access-Control-Allow-Credentials', 'true']
/** Compares Origin with a list, and says nothing to others. */
const lists =
  (...known: string[]): Handler =>
  ({ origin = '' }) => ({ headers: known.includes(origin) ? [allow(origin), VARY] : [] })
const codesOf = async (handler: Handler, request?: Request) => (await ask(handler, request)).findings.map((f) => f.code)
const errorsOf = async (handler: Handler, request?: Request) =>
  (await ask(handler, request)).findings.filter((f) => f.severity === 'error').map((f) => f.code)

describe('the origins that a server knows', () => {
  it('are not null', async () => {
    const advice = async (handler: Handler) => (await ask(handler, { origin: 'null' })).findings[0]?.fix?.advice
    const { findings } = await ask(says(ORIGIN), { origin: 'null' })
    expect(findings[0]?.fix?.request?.origin).toBe('http://localhost')
    const never =
      'Serve the page from http://localhost, or give the frame sandbox="allow-same-origin". Never allow null on the server, because every sandboxed frame of every site sends it.'
    expect(await advice(says(ORIGIN))).toBe(never)
    expect(await advice(always(200))).toBe(
      `${never} This server shares with no page at all yet: public files also need Access-Control-Allow-Origin: *, which covers null.`,
    )
    for (const credentials of ['omit', 'include'] as const)
      expect(
        await saidOf('origin-null', credentials === 'omit' ? says(ORIGIN) : says('*'), { origin: 'null', credentials }),
      ).toBe('the page has no origin (Origin: null): a file: URL, a sandboxed frame or a data: URL')
    expect(
      await saidOf('origin-null', two({ status: 403, headers: [allow('null')] }, {}), { ...PUT, origin: 'null' }),
    ).not.toBeNull()
  })

  it.each([
    [always(200, [VARY]), 'capacitor://localhost', true],
    [says('https://b.example.com'), 'chrome-extension://abc', true],
    [says('null'), 'capacitor://localhost', true],
    [says('capacitor://other'), 'capacitor://localhost', true],
    [says('undefined'), 'capacitor://localhost', false],
    [says('a://b, c://d'), 'capacitor://localhost', false],
    [says('1a://b'), 'capacitor://localhost', false],
    [says('x a://b'), 'capacitor://localhost', false],
    [always(200), 'capacitor://localhost', false],
    [always(200, [VARY]), 'https://b.example.com', false],
    [always(200, [VARY]), 'http://b.example.com', false],
    [always(200, [VARY]), 'null', false],
    [per({}, { status: 403 }, {}), 'capacitor://localhost', true],
  ] as const)('are those of apps: %#', async (handler, origin, isOne) =>
    expect(await saidOf('origin-app-scheme', handler, { origin })).toBe(
      isOne ? `the page is ${origin}, an app or an extension, and the server does not allow this origin` : null,
    ),
  )

  it.each([
    'Disallowed CORS origin',
    'CORS: invalid origin',
    'Error: Not allowed by CORS',
    'The CORS policy for this site does not allow access',
    'blocked by CORS',
    `Origin ${ORIGIN} is not allowed`,
    'origin not permitted',
    'This origin is not whitelisted',
    'Invalid CORS request',
    'CORS rejected',
    'CORS request forbidden',
    'cors denied',
  ])('are told by the words of the refusal: %s', async (body) => {
    const code = 'origin-refused-with-error'
    const message = (status: number) =>
      `the CORS policy of the server does not list ${ORIGIN} and answers with an error (${status})`
    expect(await saidOf(code, always(400, [], body))).toBe(message(400))
    expect(await saidOf(code, () => ({ status: 500, reason: body }))).toBe(message(500))
    expect(await saidOf(code, always(399, [], body))).toBeNull()
    expect(await saidOf(code, always(400, [MARK], body), PUT)).toBeNull()
    expect(await errorsOf(always(400, [], body))).toEqual([code])
  })

  it.each(['invalid origin', 'not allowed', 'Origin', 'xcors rejected', 'disallowed origin'])(
    'are not told by other words: %s',
    async (body) => expect(await saidOf('origin-refused-with-error', always(400, [], body))).toBeNull(),
  )

  it('are compared where only Origin makes the difference', async () => {
    const code = 'origin-refused-with-error'
    const { findings } = await ask(per({ status: 403 }, { status: 403 }, { status: 201 }))
    expect([findings[0]?.code, findings[0]?.message, findings[0]?.fix?.advice]).toEqual([
      code,
      `the CORS policy of the server does not list ${ORIGIN} and answers with an error (403); without Origin, the same URL answers 201`,
      `List "${ORIGIN}" exactly as browsers write it. A refused origin needs no error: an answer without CORS headers is enough.`,
    ])
    const jenkins = per({ status: 403, headers: [['X-Jenkins', '2']] }, { status: 403 }, {})
    expect((await ask(jenkins)).findings.map((each) => [each.code, each.fix?.advice])).toEqual([
      [
        code,
        `List "${ORIGIN}" exactly as browsers write it, in the CORS Filter plugin. A refused origin needs no error: an answer without CORS headers is enough.`,
      ],
    ])
  })

  it.each([
    ['Vary', 'Origin'],
    ['Access-Control-Allow-Methods', 'GET'],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Headers', 'x-a'],
  ])('do not hold the page, by %s', async (name, value) => {
    const message = `the policy does not list ${ORIGIN}: the answer has signs of a CORS policy (Vary: Origin, another CORS header, or another origin), but does not allow this page`
    expect(await saidOf('origin-not-listed', always(200, [[name, value]]))).toBe(message)
    const known: Handler = ({ path }) => ({ headers: path === '/' ? [MARK] : [[name, value]] })
    expect(await saidOf('origin-not-listed', known)).toBeNull()
  })

  it('do not hold the page, by what others get', async () => {
    const code = 'origin-not-listed'
    const nobody = (...lines: readonly Line[]) => per({}, {}, { headers: lines })
    expect(await saidOf(code, nobody(allow('https://b.com')))).not.toBeNull()
    expect(await saidOf(code, nobody(STAR))).toBeNull()
    expect(await saidOf(code, nobody(MARK))).toBeNull()
    expect(await saidOf(code, nobody())).toBeNull()
    expect(await codesOf(lists(`${ORIGIN}/`))).toEqual(['origin-trailing-slash'])
  })

  it('are none', async () => {
    const message =
      'the server has no CORS policy: no answer has Access-Control-Allow-Origin, for any origin or path that was tried'
    expect(await codesOf(always(499))).toEqual(['never-shared'])
    expect(await saidOf('never-shared', always(499))).toBe(message)
    expect(await saidOf('never-shared', always(500))).toBeNull()
    expect(await saidOf('never-shared', per({}, { hang: true }))).toBeNull()
    expect(await saidOf('never-shared', per({}, {}, { headers: [MARK] }))).toBeNull()
    expect(await saidOf('allow-origin-missing', per({}, {}, { headers: [MARK] }))).toBe(
      'the response (200) carries no Access-Control-Allow-Origin',
    )
  })

  const echo =
    (...lines: readonly Line[]): Handler =>
    ({ origin }) => ({
      headers: [...(origin === undefined ? [] : [allow(origin), VARY]), ...lines],
    })
  it('are all', async () => {
    const any = 'every origin is reflected, with credentials: any site that a user visits can read their data here'
    const some = 'every origin is reflected: this allows the same as *, but caches cannot reuse the answers'
    expect([await saidOf('reflects-any-origin', echo(CREDENTIALS)), await codesOf(echo(CREDENTIALS))]).toEqual([
      any,
      ['reflects-any-origin', 'vary-missing-for-others'],
    ])
    expect([await saidOf('reflects-without-credentials', echo()), await codesOf(echo())]).toEqual([
      some,
      ['reflects-without-credentials', 'vary-missing-for-others'].sort((a) => (a.startsWith('vary') ? -1 : 1)),
    ])
    expect(await codesOf(always(200, [STAR, CREDENTIALS]))).toEqual([])
  })

  it('are told to strangers', async () => {
    const code = 'strangers-told'
    expect(await saidOf(code, says(ORIGIN))).toBe(`answers to other origins reveal the trusted origin: "${ORIGIN}"`)
    expect(await saidOf(code, says('*'))).toBeNull()
    expect(await saidOf(code, says('a, b'))).toBeNull()
    expect(await saidOf(code, echo())).toBeNull()
    expect(await saidOf(code, always(200))).toBeNull()
  })
})
