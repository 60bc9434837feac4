/** Servers of Node behind `forwardTo`, as docs/testing.md shows them. */
import express from 'express'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { createBrowser } from '../../src/browser.ts'
import { expectRefused, expectShared, forwardTo } from '../../src/testing.ts'
import { listen } from '../support/loopback.ts'

const PAGE = 'https://app.example.com'
const POLICY = { origins: [PAGE], methods: ['PUT'], credentials: true } as const

describe('a page of a browser in front of', () => {
  it('Express, with a session', async () => {
    const app = express()
    app.use(cors(POLICY))
    app.post('/login', (_, response) => {
      response.cookie('session', 'abc', { httpOnly: true, secure: true, sameSite: 'lax' }).json({})
    })
    app.put('/me', (request, response) => {
      response.status(request.headers.cookie === 'session=abc' ? 200 : 401).end()
    })
    await using server = await listen(app)
    const browser = createBrowser({ fetch: forwardTo(server.origin) })
    const page = browser.page(PAGE)
    const save = () => page.fetch('https://api.example.com/me', { method: 'PUT', credentials: 'include' })
    await expectShared(save(), { status: 401, preflighted: true })
    await expectShared(page.fetch('https://api.example.com/login', { method: 'POST', credentials: 'include' }))
    await expectShared(save(), { status: 200 })
    await expectRefused(
      browser.page('https://stranger.example').fetch('https://api.example.com/me', { credentials: 'include' }),
      'allow-origin-missing',
    )
  })

  it('Fastify', async () => {
    const app = fastify()
    const policy = cors(POLICY)
    app.addHook('onRequest', (request, reply, next) => policy(request.raw, reply.raw, next))
    app.put('/items', () => [{ id: 1 }])
    const browser = createBrowser({ fetch: forwardTo(await app.listen({ port: 0, host: '127.0.0.1' })) })
    try {
      const response = await expectShared(browser.page(PAGE).fetch('https://api.example.com/items', { method: 'PUT' }))
      expect(await response.json()).toEqual([{ id: 1 }])
    } finally {
      await app.close()
    }
  })
})
