import { describe, expect, it } from 'vitest'
import type { Exchange } from './exchange.ts'
import { recognized } from './product.ts'

const header = (name: string, value: string): Exchange => ({ headers: [[name, value]] })

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
