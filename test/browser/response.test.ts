import { describe, expect, it } from 'vitest'
import { createBrowser, createSimulator } from '../../src/browser.ts'
import { API, acao, PAGE } from '../support/simulated.ts'

const OPEN = { 'Access-Control-Allow-Origin': '*' }

/** What a page sees of a response. */
async function seen(
  response: () => Response,
  init: Parameters<ReturnType<typeof page>['request']>[1] = {},
  url = `${API}/x#y`,
) {
  const outcome = await page(response).request(url, init)
  if (!outcome.shared) return outcome.failure.code
  const { type, status, ok, redirected, statusText } = outcome.response
  return { type, url: outcome.response.url, status, ok, redirected, statusText, text: await outcome.response.text() }
}

function page(fetch: (request: Request) => Response) {
  return createBrowser({ fetch }).page(PAGE)
}

describe('a response as the page sees it', () => {
  it('has what the server sent, and the URL without its fragment', async () => {
    const made = () => new Response('text', { status: 201, statusText: 'Made ~ !', headers: OPEN })
    expect(await seen(made)).toEqual({
      type: 'cors',
      url: `${API}/x`,
      status: 201,
      ok: true,
      redirected: false,
      statusText: 'Made ~ !',
      text: 'text',
    })
  })

  it.each([
    [200, true],
    [299, true],
    [300, false],
    [404, false],
    [599, false],
  ])('of the status %d is ok: %s', async (status, ok) => {
    expect(await seen(() => new Response(null, { status, headers: OPEN }))).toMatchObject({ status, ok })
  })

  it.each([204, 205, 304])('of the status %d has no body', async (status) => {
    const simulator = createBrowser({ fetch: () => new Response(null, { status, headers: OPEN }) })
    const outcome = await simulator.page(PAGE).request(API)
    expect(outcome.shared && outcome.response.body).toBeNull()
  })

  it('to HEAD has no body, whatever the server made', async () => {
    expect(await seen(() => new Response('text', { headers: OPEN }), { method: 'HEAD' })).toMatchObject({
      status: 200,
      text: '',
    })
  })

  it('is empty where it is opaque', async () => {
    const made = () => new Response('text', { status: 500, statusText: 'No' })
    const empty = { status: 0, ok: false, redirected: false, statusText: '', text: '' }
    expect(await seen(made, { mode: 'no-cors' })).toEqual({ type: 'opaque', url: '', ...empty })
    const moved = () => new Response(null, { status: 302, headers: { ...OPEN, Location: '/' } })
    expect(await seen(moved, { redirect: 'manual' })).toEqual({ type: 'opaqueredirect', url: `${API}/x`, ...empty })
  })

  it('tells that a redirect was followed, to pages that may know', async () => {
    const hop = (request: Request) =>
      request.url.endsWith('/a')
        ? new Response(null, { status: 302, headers: { ...OPEN, Location: '/b' } })
        : new Response('b', { headers: OPEN })
    const outcome = await page(hop).request(`${API}/a`)
    expect(outcome.shared && [outcome.response.redirected, outcome.response.url]).toEqual([true, `${API}/b`])
    const hidden = await page(hop).request(`${API}/a`, { mode: 'no-cors' })
    expect(hidden.shared && [hidden.response.redirected, hidden.response.url]).toEqual([false, ''])
  })

  it('keeps all of that in its clones', async () => {
    const outcome = await page(() => new Response('text', { headers: OPEN })).request(`${API}/x`)
    if (!outcome.shared) throw new Error('refused')
    const copy = outcome.response.clone().clone()
    expect([copy.type, copy.url, await copy.text(), await outcome.response.text()]).toEqual([
      'cors',
      `${API}/x`,
      'text',
      'text',
    ])
    expect(Object.keys(copy)).not.toContain('clone')
    expect(Object.keys(copy)).toContain('url')
  })

  it('is a network error where nothing of it can be sent', async () => {
    const used = new Response('x', { headers: OPEN })
    await used.text()
    const locked = new Response('x', { headers: OPEN })
    locked.body?.getReader()
    expect(await seen(() => used)).toBe('network-error')
    expect(await seen(() => locked)).toBe('network-error')
    expect(await seen(() => Response.error())).toBe('network-error')
    expect(await seen(() => new Response(null, { headers: OPEN }))).toMatchObject({ status: 200, text: '' })
  })
})

describe('what a socket delivers', () => {
  const fetch = (status: number, statusText?: string) =>
    createSimulator({
      send: () => ({ status, headers: [acao('*')], body: 'x', ...(statusText === undefined ? {} : { statusText }) }),
    })
      .page(PAGE)
      .fetch(API)

  it.each([
    [101, false],
    [199, false],
    [200, true],
    [299, true],
    [999, true],
    [1000, false],
  ])('with the status %d arrives: %s', async (status, arrives) => {
    const verdict = await fetch(status)
    expect(verdict.shared).toBe(arrives)
  })

  it('is handed on as it is', async () => {
    const verdict = await fetch(700, 'Ödd\n')
    expect(verdict.shared && [verdict.response.status, verdict.response.statusText]).toEqual([700, 'Ödd\n'])
  })
})

describe('the request that a server function gets', () => {
  it('has method, headers and body, and follows no redirect', async () => {
    const got: unknown[] = []
    const fetch = async (request: Request) => {
      got.push([
        request.method,
        request.redirect,
        request.headers.get('Origin'),
        request.headers.get('X-Foo'),
        await request.text(),
      ])
      return new Response(null, {
        headers: { ...OPEN, 'Access-Control-Allow-Methods': '*', 'Access-Control-Allow-Headers': '*' },
      })
    }
    await createBrowser({ fetch })
      .page(PAGE)
      .request(API, { method: 'PUT', body: 'text', headers: { 'X-Foo': '1' } })
    expect(got).toEqual([
      ['OPTIONS', 'manual', PAGE, null, ''],
      ['PUT', 'manual', PAGE, '1', 'text'],
    ])
  })
})
