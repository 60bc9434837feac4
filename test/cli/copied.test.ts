// "Copy all as fetch" and "Copy all as cURL": everything that a page requested, of which only some can fail for CORS.
import { describe, expect, it } from 'vitest'
import { parseCalls } from '../../src/diagnose.ts'
import { ORIGIN, stage } from '../diagnose/stage.ts'
import { corsmith } from './run.ts'

const call = (url: string, init: object = {}) =>
  `fetch(${JSON.stringify(url)}, ${JSON.stringify({ headers: {}, referrer: `${ORIGIN}/`, body: null, method: 'GET', mode: 'cors', credentials: 'omit', ...init }, null, 2)}); ;\n`
const PUT = {
  method: 'PUT',
  headers: { 'content-type': 'application/json' },
  body: '{"call":"fetch(\\"https://no.example/\\")"}',
}

/** Everything is shared, and no preflight is permitted. */
const plain = () =>
  stage(({ isPreflight }) => ({
    status: isPreflight ? 405 : 200,
    headers: isPreflight ? [] : [['Access-Control-Allow-Origin', '*']],
  }))
const checked = async (argv: readonly string[]) => {
  const { code, out, err } = await corsmith(['check', ...argv, '--no-probes', '--json'])
  const reports = code === 64 ? [] : [JSON.parse(out)].flat()
  return {
    code,
    err,
    said: reports.map(({ input }) => `${input.method} ${new URL(input.url).pathname}`),
    notes: reports[0]?.notes,
  }
}

describe('parseCalls()', () => {
  it('reads every call, and none that a body quotes', () => {
    const read = parseCalls(call('https://api.example.com/a') + call('https://api.example.com/b', PUT))
    expect(read.map(({ url, method }) => [url, method])).toEqual([
      ['https://api.example.com/a', 'GET'],
      ['https://api.example.com/b', 'PUT'],
    ])
  })

  it('leaves out a call that is computed, beside one that is not', () => {
    expect(parseCalls(`fetch(url)\nfetch(base + path, options)\n${call('https://api.example.com/b')}`)).toMatchObject([
      { url: 'https://api.example.com/b' },
    ])
  })

  it('says what is missing where no call can be read', () => {
    expect(() => parseCalls('fetch(url)')).toThrow('the URL is computed')
    expect(() => parseCalls('fetch(')).toThrow(TypeError)
  })

  it('reads the call of another library', () => {
    expect(parseCalls("axios.put('https://api.example.com/b', { a: 1 })")).toMatchObject([{ method: 'PUT' }])
  })
})

describe('corsmith check of everything that was copied', () => {
  it('examines what can fail for CORS, and first what a preflight was sent for', async () => {
    const server = await plain()
    const at = (path: string) => `${server.origin}${path}`
    const copied = [
      call(`${ORIGIN}/main.js`),
      call(at('/image.png'), { mode: 'no-cors' }),
      call(at('/read')),
      call(at('/read')),
      call(at('/write'), PUT),
      call(at('/write'), { method: 'OPTIONS' }),
      call(at('/quiet')),
      call(at('/quiet'), { method: 'OPTIONS', headers: { 'sec-fetch-mode': 'cors' } }),
    ].join('')
    const { code, said, notes } = await checked(['--fetch', copied])
    await server.close()
    expect([code, said]).toEqual([1, ['PUT /write', 'GET /quiet', 'GET /read']])
    expect(notes).toContain(
      "2 of the copied requests cannot fail for CORS: they go to the page's own origin, or load without CORS",
    )
  })

  it('reads the same out of curl commands', async () => {
    const server = await plain()
    const copied = [
      `curl '${ORIGIN}/main.js' -H 'Referer: ${ORIGIN}/'`,
      `curl '${server.origin}/read' -H 'Origin: ${ORIGIN}'`,
      `curl '${server.origin}/write' -X 'OPTIONS' -H 'Access-Control-Request-Method: PUT' -H 'Origin: ${ORIGIN}'`,
      `curl '${server.origin}/write' -X 'PUT' -H 'content-type: application/json' -H 'Origin: ${ORIGIN}' --data-raw '{}'`,
    ].join(' ;\n')
    const { code, said } = await checked(['--curl', copied])
    await server.close()
    expect([code, said]).toEqual([1, ['PUT /write', 'GET /read']])
  })

  it('examines ten at most, and lists the others', async () => {
    const server = await plain()
    const copied = Array.from({ length: 14 }, (_, i) => call(`${server.origin}/${i}`)).join('')
    const { code, said, notes } = await checked(['--fetch', copied])
    await server.close()
    expect([code, said.length]).toEqual([0, 10])
    expect(notes[0]).toMatch(/^4 more were copied and are not examined: GET .*\/10; .*\/13$/)
  })

  it('wants to know what a lone OPTIONS asks for', async () => {
    const { code, err } = await checked(['--fetch', call('https://api.example.com/x', { method: 'OPTIONS' })])
    expect([code, err.includes('add -X PUT')]).toEqual([64, true])
  })
})
