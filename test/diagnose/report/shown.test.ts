// A secret of a request is hidden in every part of a report, in every form in which a server may repeat it.
import { describe, expect, it } from 'vitest'
import { shown, shownRequest } from '../../../src/diagnose/report/shown.ts'
import { type Diagnosis, diagnose, type PageRequest, type Transport, toJson } from '../../../src/diagnose.ts'

const ORIGIN = 'https://app.example.com'
const RANDOM = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ'

const echo =
  (text: string): Transport =>
  async () => ({ status: 200, headers: [['X-Echo', text]], sample: text })

async function echoed(request: Partial<PageRequest>, text: string): Promise<Diagnosis> {
  const url = request.url ?? 'https://api.example.com/'
  return shown(await diagnose(url, { origin: ORIGIN, transport: echo(text), now: () => 0, ...request }))
}

const headerOf = ({ observations }: Diagnosis) => observations.at(-1)?.response?.headers

describe('what a server repeats of a request', () => {
  it.each([
    ['a header', { headers: { 'X-Token': 'open sesame' } }, 'it: open sesame, open, sesame', 'it: …, open, …'],
    ['a header of one word', { headers: { 'X-Token': 'opensesame' } }, 'xopensesamex', 'x…x'],
    ['a short one, which stays', { headers: { 'X-Token': 'opens' } }, 'it: opens', 'it: opens'],
    ['six characters', { headers: { 'X-Token': 'sesame' } }, 'it: sesame', 'it: …'],
    ['a header that holds none', { headers: { 'X-Custom': 'opensesame' } }, 'it: opensesame', 'it: opensesame'],
    [
      'an encoded one',
      { headers: { 'X-Token': 'open/sé same' } },
      'it: open%2Fs%C3%A9%20same, open/s%C3%A9%20same',
      'it: …, …',
    ],
    ['a decoded one', { headers: { 'X-Token': 'open%2Fsesame' } }, 'it: open/sesame', 'it: …'],
    ['one that cannot be decoded', { headers: { 'X-Token': 'open%ZZsesame' } }, 'it: open%ZZsesame', 'it: …'],
    [
      'Basic',
      { headers: { Authorization: `basic ${btoa('admin:hunter22')}` } },
      'it: admin:hunter22, hunter22, admin',
      'it: …, …, admin',
    ],
    ['Basic that is no base64', { headers: { Authorization: 'Basic ???!opensesame' } }, 'it: ???!opensesame', 'it: …'],
    [
      'a parameter',
      { url: 'https://api.example.com/?token=open+sesame&page=second-page' },
      'it: open sesame, second-page',
      'it: …, second-page',
    ],
    ['a parameter of a fragment', { url: 'https://api.example.com/#/cb?token=opensesame' }, 'it: opensesame', 'it: …'],
    ['a fragment of parameters', { url: 'https://api.example.com/#token=opensesame' }, 'it: opensesame', 'it: …'],
    ['a cookie that is named so', { headers: { Cookie: 'a=1; sid=opensesame;b=2' } }, 'it: opensesame', 'it: …'],
    ['a long cookie', { headers: { Cookie: 'theme=darkdarkdark' } }, 'it: darkdarkdark', 'it: …'],
    ['a short cookie of letters', { headers: { Cookie: 'theme=darkdarkdar' } }, 'it: darkdarkdar', 'it: darkdarkdar'],
    ['a short cookie of letters and digits', { headers: { Cookie: 'id=user77' } }, 'it: user77', 'it: …'],
    ['a short cookie of digits', { headers: { Cookie: 'id=123456' } }, 'it: 123456', 'it: 123456'],
    ['a cookie without a name', { headers: { Cookie: 'opensesame' } }, 'it: opensesame', 'it: …'],
    ['words without a name', { headers: { Cookie: 'open sesame' } }, 'it: open sesame', 'it: open sesame'],
    [
      'a UUID of the path',
      { url: 'https://api.example.com/0f8fad5b-d9cd-469f-a165-70867728950e' },
      'it: 0f8fad5b-d9cd-469f-a165-70867728950e',
      'it: …',
    ],
  ] as readonly (readonly [string, Partial<PageRequest>, string, string])[])('%s', async (_, request, text, hidden) => {
    const diagnosis = await echoed({ credentials: 'include', ...request }, text)
    expect(headerOf(diagnosis)).toEqual([['X-Echo', hidden]])
  })

  it('is hidden in the value at fault, and in what is said about it', async () => {
    const transport: Transport = async () => ({ status: 200, headers: [['Access-Control-Allow-Origin', 'opensesame']] })
    const options = { origin: ORIGIN, transport, headers: { 'X-Token': 'opensesame' }, method: 'GET' }
    const text = JSON.stringify(toJson(await diagnose('https://api.example.com/', options), '0'))
    expect(text).not.toContain('opensesame')
  })

  it('stays where it is the host that was asked', async () => {
    const diagnosis = await echoed({ headers: { 'X-Token': 'example' } }, 'of api.example.com')
    expect(headerOf(diagnosis)).toEqual([['X-Echo', 'of api.example.com']])
    expect(diagnosis.call.url.href).toBe('https://api.example.com/')
  })
})

describe('a diagnosis', () => {
  it('is shown without the secrets of its request', async () => {
    const diagnosis = await echoed(
      {
        url: `https://api.example.com/${RANDOM}?token=x`,
        method: 'POST',
        body: 'opensesame',
        credentials: 'include',
        headers: { Cookie: 'a=b', Authorization: 'Bearer opensesame', 'X-Custom': RANDOM },
        send: true,
      } as Partial<PageRequest>,
      'fine',
    )
    const { call, observations } = diagnosis
    expect(call.url.href).toBe('https://api.example.com/…?token=…')
    expect(call.url).toBeInstanceOf(URL)
    expect(call.url.hostname).toBe('api.example.com')
    expect(call.headers).toEqual([
      ['Authorization', 'Bearer …'],
      ['X-Custom', '…'],
    ])
    expect(call.cookie).toBe('…')
    expect(observations[0]?.response).toMatchObject({ status: 200, headers: [['X-Echo', 'fine']], sample: '' })
    expect(JSON.stringify(observations)).not.toMatch(/opensesame|q83v/)
    expect(diagnosis.findings.every(({ link }) => link.includes('#') || link.startsWith('http'))).toBe(true)
  })

  it('keeps what is no text, and what is no plain object', () => {
    const bytes = new Uint8Array([1, 2])
    const call = { url: new URL('https://api.example.com/'), origin: ORIGIN, headers: [], cookie: null }
    const whole = {
      call,
      observations: [],
      a: null,
      b: 1,
      c: [true, undefined, ['x', 'y']],
      bytes,
      body: '',
      cookie: '',
      link: `https://docs.example/${RANDOM}`,
      mdn: `https://mdn.example/${RANDOM}`,
      sample: 'text',
      url: `https://u:p@b.example/${RANDOM}`,
      said: `of ${RANDOM}`,
      headers: { Authorization: 'Bearer opensesame', 'X-A': 'plain', 'X-B': [`of ${RANDOM}`] },
      lines: {
        headers: [
          ['X-Token', 'opensesame'],
          ['X-A', 'plain'],
        ],
      },
      mixed: { headers: [['X-Token', 'opensesame'], ['one']] },
      finding: { header: 'X-Token', actual: 'opensesame' },
      other: { header: 'X-A', actual: 'plain', token: 'opensesame' },
      bare: Object.assign(Object.create(null), { said: RANDOM }),
    } as unknown as Diagnosis
    expect(shown(whole)).toEqual({
      call: { url: expect.any(URL), origin: ORIGIN, headers: [], cookie: null },
      observations: [],
      a: null,
      b: 1,
      c: [true, undefined, ['x', 'y']],
      bytes,
      body: '',
      cookie: '',
      link: `https://docs.example/${RANDOM}`,
      mdn: `https://mdn.example/${RANDOM}`,
      sample: '',
      url: 'https://…@b.example/…',
      said: 'of …',
      headers: { Authorization: 'Bearer …', 'X-A': 'plain', 'X-B': ['of …'] },
      lines: {
        headers: [
          ['X-Token', '…'],
          ['X-A', 'plain'],
        ],
      },
      mixed: { headers: [['X-Token', 'opensesame'], ['one']] },
      finding: { header: 'X-Token', actual: '…' },
      other: { header: 'X-A', actual: 'plain', token: 'opensesame' },
      bare: { said: '…' },
    })
  })
})

describe('a request', () => {
  it('is shown without its secrets, wherever it repeats them', () => {
    const body = new Uint8Array([1])
    const request = {
      method: 'PUT',
      url: 'https://api.example.com/opensesame?q=opensesame',
      headers: [
        ['X-Token', 'opensesame'],
        ['X-Custom', 'is opensesame'],
        ['X-Host', 'api.example.com'],
        ['Cookie', 'sid=example'],
      ],
      body,
    } as const
    expect(shownRequest(request)).toEqual({
      method: 'PUT',
      url: 'https://api.example.com/…?q=…',
      headers: [
        ['X-Token', '…'],
        ['X-Custom', 'is …'],
        ['X-Host', 'api.example.com'],
        ['Cookie', 'sid=…'],
      ],
      body,
    })
  })

  it('is shown without the password of its address', () => {
    const echo = ['X-Echo', 'hunter%2022 of hunter 22, user1'] as const
    const request = { method: 'GET', url: 'https://user1:hunter%2022@api.example.com/', headers: [echo], body: null }
    expect(shownRequest(request)).toMatchObject({
      url: 'https://…@api.example.com/',
      headers: [['X-Echo', '… of …, user1']],
    })
  })

  it('with an address that is none is shown too', () => {
    const request = { method: 'GET', url: 'nowhere', headers: [['X-Token', 'opensesame']], body: null } as const
    expect(shownRequest(request)).toEqual({ ...request, headers: [['X-Token', '…']] })
  })
})
