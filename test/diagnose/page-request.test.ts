import { describe, expect, it } from 'vitest'
import { type Call, clip, quoted, readCall, toPageRequest } from '../../src/diagnose/page-request.ts'

const base = { url: 'https://api.example/x', origin: 'https://app.example' }

const CALL: Call = {
  url: new URL(base.url),
  origin: base.origin,
  method: 'GET',
  headers: [],
  cookie: null,
  credentials: 'same-origin',
  mode: 'cors',
  initiator: 'fetch',
  uploadListener: false,
  body: null,
  reads: [],
}

describe('readCall()', () => {
  it('fills in what a page leaves out', () => expect(readCall(base)).toEqual(CALL))

  it('keeps what a page says', () => {
    const said = {
      method: 'PUT',
      credentials: 'include',
      mode: 'no-cors',
      initiator: 'xhr',
      uploadListener: true,
      body: '',
      reads: ['X-A'],
    } as const
    expect(readCall({ ...base, ...said })).toEqual({ ...CALL, ...said })
  })

  it('reads headers of both forms, and the cookies among them', () => {
    const headers = [
      ['X-A', '1'],
      ['Cookie', 'a=b'],
      ['cookie', 'c=d'],
      ['X-A', '2'],
    ] as const
    const plain = [
      ['X-A', '1'],
      ['X-A', '2'],
    ]
    expect(readCall({ ...base, headers })).toEqual({ ...CALL, headers: plain, cookie: 'a=b; c=d' })
    expect(readCall({ ...base, headers: { 'X-A': '1', COOKIE: 'a=b' } })).toEqual({
      ...CALL,
      headers: [['X-A', '1']],
      cookie: 'a=b',
    })
  })

  it.each([
    ['x', '"x" is not a URL: write https://host/path'],
    ['', '"" is not a URL: write https://host/path'],
    ['ftp://a.example/', '"ftp://a.example/" is not http or https, so CORS does not apply'],
    ['httpx://a/', '"httpx://a/" is not http or https, so CORS does not apply'],
    ['https://ada:secret@[', '"https://…@[" is not a URL: write https://host/path'],
  ])('refuses %j', (url, message) => expect(() => readCall({ ...base, url })).toThrow(new TypeError(message)))

  it('reads http', () => expect(readCall({ ...base, url: 'http://a.example' }).url.href).toBe('http://a.example/'))
})

describe('toPageRequest()', () => {
  it('is the way back', () => {
    const { url, cookie, body, ...rest } = CALL
    expect(toPageRequest(CALL)).toEqual({ ...rest, url: url.href })
    const whole: Call = { ...CALL, method: 'PUT', headers: [['X-A', '1']], cookie: 'a=b', body: '' }
    expect(toPageRequest(whole)).toEqual({
      ...rest,
      url: url.href,
      method: 'PUT',
      headers: [
        ['X-A', '1'],
        ['Cookie', 'a=b'],
      ],
      body: '',
    })
    for (const call of [CALL, whole]) expect(readCall(toPageRequest(call))).toEqual(call)
  })
})

describe('clip()', () => {
  it.each<readonly [text: string, length: number | undefined, clipped: string]>([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc… (1 more characters)'],
    ['', 0, ''],
    ['a😀b', 2, 'a… (3 more characters)'],
    ['a😀b', 3, 'a😀… (1 more characters)'],
    ['\udc00\udc00b', 2, '\udc00\udc00… (1 more characters)'],
    ['a\udbff\udfff', 2, 'a… (2 more characters)'],
    ['x'.repeat(120), undefined, 'x'.repeat(120)],
    ['x'.repeat(121), undefined, `${'x'.repeat(120)}… (1 more characters)`],
  ])('shortens %j to %s', (text, length, clipped) => expect(clip(text, length)).toBe(clipped))
})

describe('quoted()', () => {
  it.each([
    ['a "b"', '"a \\"b\\""'],
    ['http://ada:secret@[/x', '"http://…@[/x"'],
    [' HTTPS:/ada:secret@b@[', '" HTTPS:/…@["'],
    ['ada@b', '"ada@b"'],
    ['https://a.example/@b', '"https://a.example/@b"'],
    ['a b '.repeat(31), `"${'a b '.repeat(30)}… (4 more characters)"`],
    ['see http://a\nb@c', '"see http://a\\nb@c"'],
    ['http://a\nb:c@[', '"http://…@["'],
  ])('quotes %j', (text, expected) => expect(quoted(text)).toBe(expected))
})
