import { describe, expect, it } from 'vitest'
import { recognizeServer } from '../../../src/diagnose/fixes/detect.ts'
import { SIGNS } from '../../../src/diagnose/fixes/signs.ts'
import { type Exchange, evidenceOf, seen, URL_ } from './exchange.ts'
import { PRODUCTS } from './products.ts'

/** The signs that one answer shows. */
const signsOf = (exchange: Exchange) => {
  const answer = seen(exchange)
  const evidence = evidenceOf([answer], { request: { url: exchange.url ?? URL_ } })
  return SIGNS.filter(({ shows, needs }) => (needs?.(evidence) ?? true) && shows(answer)).map(
    ({ layer, target, says }) => ({ layer, target, says }),
  )
}

const recognized = (...exchanges: Exchange[]) =>
  recognizeServer(evidenceOf(exchanges.map(seen), { request: { url: exchanges[0]?.url ?? URL_ } }))

const header = (name: string, value: string): Exchange => ({ headers: [[name, value]] })

describe('the signs of a product', () => {
  it('have an example each', () => {
    const named = [...PRODUCTS.map(({ target, says }) => `${target}: ${says}`), 'go: the 404 of Go']
    expect(SIGNS.map(({ target, says }) => `${target}: ${says}`).sort()).toEqual(named.sort())
  })

  it.each(PRODUCTS)('are told by the answer, and by nothing like it: $target, $says', (product) => {
    const { target, layer, says, shown, not, isWeak } = product
    for (const exchange of shown) {
      expect(signsOf(exchange), JSON.stringify(exchange)).toContainEqual({ layer, target, says })
      const found = recognized(exchange)
      if (isWeak) expect(found, JSON.stringify(exchange)).toBeNull()
      else expect(found, JSON.stringify(exchange)).toMatchObject({ target, signs: expect.arrayContaining([says]) })
    }
    for (const exchange of not)
      expect(signsOf(exchange), JSON.stringify(exchange)).not.toContainEqual({ layer, target, says })
  })

  const go: Exchange = { status: 404, body: '404 page not found\n', headers: [['Content-Type', 'text/plain']] }
  const routed = { ...header('Content-Type', 'text/plain'), body: 'ok' }

  it('are the 404 of Go where another path is answered, because a gateway without routes says the same', () => {
    expect(recognized(go, routed)).toEqual({ target: 'go', signs: ['the 404 of Go'] })
    expect(recognized({ ...go, body: '404 page not found' }, routed)?.target).toBe('go')
    expect(recognized({ ...go, headers: [['content-type', 'TEXT/PLAIN; charset=utf-8']] }, routed)?.target).toBe('go')
    expect(recognized(go)).toBeNull()
    expect(recognized(go, go)).toBeNull()
    expect(recognized(go, { trouble: 'timeout' })).toBeNull()
  })

  it.each<Exchange>([
    { ...go, status: 200 },
    { ...go, body: 'the 404 page not found' },
    { ...go, body: '404 page not found at all' },
    { ...go, headers: [['Content-Type', 'text/html']] },
    { ...go, headers: [['Content-Type', 'text/plaintext']] },
    { ...go, headers: [['Content-Type', 'x-text/plain']] },
  ])('are not the 404 of Go: %o', (exchange) => expect(recognized(exchange, routed)).toBeNull())
})

describe('recognizeServer()', () => {
  it('finds nothing where nothing answers, or nothing says who it is', () => {
    expect(recognized()).toBeNull()
    expect(recognized({ trouble: 'reset' })).toBeNull()
    expect(recognized({}, { status: 404, body: 'no' })).toBeNull()
    // The host alone says nothing where no answer came.
    expect(recognized({ trouble: 'dns', url: 'https://pub-1.r2.dev/a' })).toBeNull()
  })

  it('adds the weak signs of all answers', () => {
    expect(recognized(header('Server', 'uvicorn'), { status: 404, body: '{"detail":"Not Found"}' })).toEqual({
      target: 'fastapi',
      signs: ['Server: uvicorn', 'the 404 of FastAPI'],
    })
    expect(recognized(header('Server', 'Puma'), header('X-Runtime', '1'))).toEqual({
      target: 'rails',
      signs: ['Server: Puma or Passenger', 'X-Runtime'],
    })
    const weak: Exchange = { body: 'Not Found', headers: [['Content-Type', 'text/plain']] }
    expect(recognized(header('Server', 'uvicorn'), weak)).toEqual({
      target: 'fastapi',
      signs: ['Server: uvicorn', 'an error in the words of Starlette'],
    })
  })

  it('gives the heavier product of a layer, with its own signs alone', () => {
    expect(recognized(header('X-Powered-By', 'Express'), header('X-Powered-By', 'Next.js'))).toEqual({
      target: 'next',
      signs: ['X-Powered-By: Next.js'],
    })
    for (const lighter of ['Microsoft-IIS/10.0', 'nginx'])
      for (const both of [
        [lighter, 'Kong'],
        ['Kong', lighter],
      ])
        expect(recognized(...both.map((name) => header('Server', name)))?.target).toBe('kong')
  })

  it('gives none of two that are equally heavy', () => {
    expect(recognized(header('Server', 'nginx'), header('Server', 'Apache'))).toBeNull()
  })

  it('prefers the application to the platform, and the platform to the server in front', () => {
    const [nginx, vercel, express] = [
      header('Server', 'nginx'),
      header('X-Amz-Cf-Id', 'a'),
      header('X-Powered-By', 'Express'),
    ]
    expect(recognized(nginx, vercel, express)?.target).toBe('express')
    expect(recognized(nginx, vercel)?.target).toBe('cloudfront')
    expect(recognized(nginx)?.target).toBe('nginx')
  })

  it('gives IIS in front of PHP, which answers OPTIONS before PHP runs, and PHP behind any other', () => {
    const php = header('X-Powered-By', 'PHP/8.3')
    expect(recognized(php, header('Server', 'Microsoft-IIS/10.0'))).toEqual({
      target: 'iis',
      signs: ['Server: Microsoft-IIS'],
    })
    expect(recognized(php, header('Server', 'nginx'))?.target).toBe('php')
    expect(recognized(header('Server', 'Kestrel'), header('Server', 'Microsoft-IIS/10.0'))?.target).toBe('aspnet')
  })
})
