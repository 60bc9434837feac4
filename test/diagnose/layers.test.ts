import { describe, expect, it } from 'vitest'
import { saidOf } from './findings/variations.ts'
import { type Asked, examine, type Handler, ORIGIN, type Said } from './stage.ts'

const messageOf = (handler: Handler) => saidOf('allow-origin-doubled', handler)

const APP = ['Access-Control-Allow-Origin', ORIGIN] as const
const FRONT = ['Access-Control-Allow-Origin', '*'] as const
const SERVER = ['Server', 'gateway/2'] as const

describe('a header that two layers add', () => {
  it('is put down to its layers where another answer shows one of them alone', async () => {
    const { findings } = await examine(({ path }) =>
      path === '/items' ? { headers: [SERVER, FRONT, APP] } : { status: 404, headers: [SERVER, FRONT] },
    )
    expect(findings[0]?.message).toContain(
      `* stands alone on another answer (404), so the server in front, gateway/2, adds it, and the application adds ${ORIGIN}`,
    )
  })

  it('is put down to its layers by any other answer, the first that shows one of them', async () => {
    const others = 'https://other.example.com'
    const values = [FRONT, APP, ['Access-Control-Allow-Origin', others]] as const
    const all =
      (said: Said): Handler =>
      ({ path, origin }) =>
        path === '/items' && origin === ORIGIN ? { headers: values } : said
    const rest = `so the server in front adds it, and the application adds ${ORIGIN} and ${others}`
    expect(await messageOf(all({ headers: [FRONT] }))).toContain(`* stands alone on another answer (200), ${rest}`)
    expect(await messageOf(all({ status: 403, headers: [APP] }))).toContain(
      `${ORIGIN} stands alone on another answer (403), so the server in front adds it, and the application adds * and ${others}`,
    )
    for (const headers of [[], [FRONT, APP], [['Access-Control-Allow-Origin', 'https://third.example.com']]] as const)
      expect(await messageOf(all({ headers }))).not.toContain('stands alone')
  })

  it('is one of strangers, of requests without Origin, or of the root', async () => {
    const only =
      (isOther: (asked: Asked) => boolean): Handler =>
      (asked) =>
        isOther(asked) ? { status: 201, headers: [FRONT] } : { headers: [FRONT, APP] }
    for (const isOther of [
      ({ origin }: Asked) => origin === 'https://cors-probe.invalid',
      ({ origin }: Asked) => origin === undefined,
      ({ path }: Asked) => path.includes('no-such'),
    ])
      expect(await messageOf(only(isOther))).toContain('* stands alone on another answer (201)')
  })

  it.each([
    [
      [
        ['Server', 'a'],
        ['X-Powered-By', 'b'],
        ['Via', 'c'],
      ],
      'server in front, a,',
    ],
    [
      [
        ['X-Powered-By', 'b'],
        ['Via', 'c'],
      ],
      'server in front, b,',
    ],
    [[['Via', 'c']], 'server in front, c,'],
    [[], 'server in front'],
  ] as const)('is called by the first of its names: %j', async (names, front) =>
    expect(
      await messageOf(({ path }) => (path === '/items' ? { headers: [...names, FRONT, APP] } : { headers: [FRONT] })),
    ).toContain(`so the ${front} adds it, and the application adds ${ORIGIN}`),
  )

  it('is put down to no layer where every answer is alike', async () => {
    const { findings } = await examine(() => ({ headers: [SERVER, FRONT, APP] }))
    expect([findings[0]?.code, findings[0]?.message.includes('stands alone')]).toEqual(['allow-origin-doubled', false])
  })
})
