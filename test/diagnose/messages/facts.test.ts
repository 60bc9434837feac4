// The facts around a reason: who asked what from where, and what came back.
import { describe, expect, it } from 'vitest'
import { factsAround, readPastedUrl } from '../../../src/diagnose/messages/facts.ts'
import { addressesIn } from '../../../src/diagnose/messages/recognize.ts'

const [API, APP, OLD] = ['https://api.example.com/v1/x?a=1', 'https://app.example.com', 'https://old.example.com/v0']
const NONE = { url: null, redirectedFrom: null, origin: null, method: null, status: null }

/** The facts around the word REASON. */
function factsIn(text: string, isBehind = false) {
  const index = text.indexOf('REASON')
  return factsAround(text, { index, end: index + 6 }, isBehind)
}

describe('the frame of a reason', () => {
  it.each([
    [`Access to fetch at '${API}' from origin '${APP}' has been REASON`, { url: API, origin: APP }],
    [`Access to CSS stylesheet at '${API}' has been REASON`, { url: API }],
    [
      `access to XMLHttpRequest at '${API}' (redirected from '${OLD}') from origin '${APP}' REASON`,
      { url: API, redirectedFrom: OLD, origin: APP },
    ],
    [`REASON Access to fetch at '${API}'`, { url: API }],
    [`REASON Access to fetch at '${API}`, { url: API }],
    [`REASON Access to fetch at '${API} and more`, {}],
    [`Access to fetch at '${API}'x REASON`, {}],
    [`Access to font at ${API} from origin ${APP} has been REASON`, { url: API, origin: APP }],
    [
      `Access to font at ${API} (redirected from ${OLD}) from origin ${APP} REASON`,
      { url: API, redirectedFrom: OLD, origin: APP },
    ],
    [`Access to font at app-x+1.y://h/p from origin ${APP} REASON`, { url: 'app-x+1.y://h/p', origin: APP }],
    [
      `Redirect from '${OLD}' to '${API}' from origin '${APP}' has been blocked REASON`,
      { url: API, redirectedFrom: OLD, origin: APP },
    ],
    [`Redirect at '${OLD}' from origin '${APP}' has been blocked REASON`, { redirectedFrom: OLD, origin: APP }],
    [`Redirect at '${OLD}' has been blocked REASON`, { redirectedFrom: OLD }],
    [`Font from origin '${APP}' has been blocked from loading REASON`, { url: APP, origin: APP }],
    [`XMLHttpRequest cannot load ${API}. REASON`, { url: API }],
    [`XMLHttpRequest cannot load ${API}: REASON`, { url: API }],
    [`XMLHttpRequest cannot load ${API}, REASON`, { url: API }],
    [`Failed to load ${API} REASON`, { url: API }],
    [`REASON Failed to load ${API}.`, { url: API }],
    [`from origin ${APP} has been blocked REASON`, { origin: APP }],
    [`From origin '${APP}' has been blocked REASON`, { origin: APP }],
    [`REASON Origin '${APP}' is therefore not allowed access.`, { origin: APP }],
    [`REASON Origin ${APP} is not allowed by it.`, { origin: APP }],
    ['REASON Origin null is not allowed by it.', { origin: 'null' }],
    ['REASON Origin nothing is not allowed by it.', {}],
    ['REASON Origin file: is not allowed by it.', { origin: 'file:' }],
    [`the remote resource at ${API}. (REASON)`, { url: API }],
    [`the remote resource at '${API}' REASON`, { url: API }],
    [`REASON at the remote resource at ${API}`, { url: API }],
    [`GET ${API} REASON`, { url: API, method: 'GET' }],
    [`REASON HEAD'${API}'`, { url: API, method: 'HEAD' }],
    ['POST ws://h/s REASON', { url: 'ws://h/s', method: 'POST' }],
    ['PUT wss://h/s REASON', { url: 'wss://h/s', method: 'PUT' }],
    ['PATCH file:///s REASON', { url: 'file:///s', method: 'PATCH' }],
    ['DELETE http://h/s REASON', { url: 'http://h/s', method: 'DELETE' }],
    ['OPTIONS ftp://h/s REASON', {}],
    [`{'url': '${API}'} REASON`, { url: API }],
    ["{url:'http://h/s'} REASON", { url: 'http://h/s' }],
    ["{curl:'http://h/s'} REASON", {}],
    [`REASON Failed to fetch dynamically imported module: ${API}`, { url: API }],
    [`REASON imported module:'http://h/s'`, { url: 'http://h/s' }],
    [`XMLHttpRequest for ${API} required REASON`, { url: API }],
    [`URL: ${API} REASON`, { url: API }],
    [`uri=${API} REASON`, { url: API }],
    [`address='http://h/s' REASON`, { url: 'http://h/s' }],
    ['nothing is told REASON', {}],
  ])('%s', (text, facts) => expect(factsIn(text)).toEqual({ ...NONE, ...facts }))

  it.each([
    ['Status code: 404', 404],
    ['Status code:404', 404],
    ['status 405', 405],
    ['StatusCode: 406', 406],
    ['status of 501', 501],
    ['status: 100', 100],
    ['HTTP status code 502', 502],
    ['net::ERR_ABORTED 503 (Service Unavailable)', 503],
    ['[HTTP/1.1 504 Gateway Timeout 12ms]', 504],
    ['[HTTP/2 200 OK 12ms]', 200],
    ['status 4045', null],
    ['status 600', null],
    ['net::ERR_FAILED 404', null],
    ['HTTP/1.1 404', null],
  ])('%s', (text, status) => expect(factsIn(`REASON ${text}`).status).toBe(status))

  it('has the status of a request in the network panel', () => {
    expect(factsIn(`REASON GET ${API} 404 (Not Found)`)).toEqual({ ...NONE, url: API, method: 'GET', status: 404 })
    expect(factsIn(`REASON POST 'http://h/x 500`)).toEqual({ ...NONE, url: 'http://h/x', method: 'POST', status: 500 })
    expect(factsIn(`REASON GET ${API} 404 of 500`).status).toBeNull()
  })
})

describe('of several frames', () => {
  it('the nearest counts, and one on the wrong side counts as twice as far', () => {
    expect(factsIn(`cannot load https://a.example/ x cannot load https://b.example/ REASON`).url).toBe(
      'https://b.example/',
    )
    const [before, behind] = ['cannot load https://a.example/ ', ' cannot load https://b.example/']
    const gap = (length: number) => 'x'.repeat(length)
    const around = (left: number, right: number) => `${before}${gap(left)}REASON${gap(right)}${behind}`
    expect(factsIn(around(100, 50 - 2)).url).toBe('https://b.example/')
    expect(factsIn(around(100, 50 + 2)).url).toBe('https://a.example/')
    expect(factsIn(around(50 - 2, 100), true).url).toBe('https://a.example/')
    expect(factsIn(around(50 + 2, 100), true).url).toBe('https://b.example/')
  })

  it('one that is further away than 700 characters belongs to another line', () => {
    const url = 'https://a.example/'
    const frame = `cannot load ${url}`
    const pad = (length: number) => ` ${'x'.repeat(length - 1)}`
    expect(factsIn(`${frame}${pad(700)}REASON`).url).toBe(url)
    expect(factsIn(`${frame}${pad(701)}REASON`).url).toBeNull()
    expect(factsIn(`REASON${pad(350)}${frame}`).url).toBe(url)
    expect(factsIn(`REASON${pad(351)}${frame}`).url).toBeNull()
    expect(factsIn(`REASON${pad(700)}${frame}`, true).url).toBe(url)
    expect(factsIn(`REASON${pad(701)}${frame}`, true).url).toBeNull()
    expect(factsIn(`${frame}${pad(350)}REASON`, true).url).toBe(url)
    expect(factsIn(`${frame}${pad(351)}REASON`, true).url).toBeNull()
  })

  it('one that overlaps the reason is nearest', () => {
    const text = `cannot load https://a.example/ REASON GET ${API}`
    const index = text.indexOf('GET') + 2
    expect(factsAround(text, { index, end: text.length }, false).url).toBe(API)
    expect(factsAround(text, { index: 0, end: 12 }, true).url).toBe('https://a.example/')
  })

  it('far into a long text they are found as well', () => {
    const filler = 'x'.repeat(5_000)
    expect(factsIn(`GET https://z.example/ ${filler} GET ${API} REASON ${filler}`)).toEqual({
      ...NONE,
      url: API,
      method: 'GET',
    })
  })

  it('a method belongs to its own URL', () => {
    expect(factsIn(`Access to fetch at '${API}' from origin '${APP}' REASON PUT ${API}`).method).toBe('PUT')
    expect(factsIn(`Access to fetch at '${API}' from origin '${APP}' REASON PUT https://b.example/`).method).toBeNull()
  })
})

describe('a pasted address', () => {
  it.each([
    [null, null],
    [undefined, null],
    ['', null],
    [` ${API} `, API],
    [`${API}.,;)]`, API],
    ['https://a.example/x...', 'https://a.example/x'],
    ['https://a.example/x…', 'https://a.example/x'],
    ['https://a.example/x…y', 'https://a.example/x'],
    ['HTTPS://a.example?x…', 'HTTPS://a.example?x'],
    ['https://a.example#…', 'https://a.example#'],
    ['https://a.exam…', null],
    ['https://a.exam...', null],
    ['x https://a.example/…', null],
    ['https:///…', null],
    ['…', null],
    ['nowhere', null],
    ['https://', null],
    ['file:///C:/x', 'file:///C:/x'],
  ])('%j', (text, url) => expect(readPastedUrl(text)).toBe(url))

  it.each([
    [`it fails: ${API}, and then`, { url: API, origin: null }],
    [`Access to fetch at '${API}' from origin '${APP}' failed`, { url: API, origin: APP }],
    ['see http://a.example/ and https://b.example/', { url: 'http://a.example/', origin: null }],
    [`<${API}>`, { url: API, origin: null }],
    ['ftp://a.example/', { url: null, origin: null }],
    ['nothing', { url: null, origin: null }],
  ])('is found in: %s', (text, found) => expect(addressesIn(text)).toEqual(found))
})
