import { afterEach, describe, expect, it } from 'vitest'
import { type BrowserOptions, createBrowser, type Page } from '../../src/browser.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/items'
const OPEN = {
  'Access-Control-Allow-Origin': PAGE,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': 'X-A, Content-Type',
  'Access-Control-Allow-Methods': 'PUT',
  'Access-Control-Expose-Headers': 'X-B',
  'X-B': '1',
  'X-Hidden': '1',
}

const restorers: (() => void)[] = []
afterEach(() => {
  for (const restore of restorers.splice(0).reverse()) restore()
})

function install(fetch: BrowserOptions['fetch']): Page {
  const page = createBrowser({ fetch }).page(PAGE)
  restorers.push(page.install())
  return page
}

/** Waits for the end of a request, and gives the names of its events. */
function ended(xhr: XMLHttpRequest): Promise<string[]> {
  const names: string[] = []
  for (const name of ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout'] as const) {
    xhr.addEventListener(name, () => names.push(name === 'readystatechange' ? `${name} ${xhr.readyState}` : name))
  }
  return new Promise((resolve) => {
    xhr.onloadend = () => resolve(names)
  })
}

async function run(more: (xhr: XMLHttpRequest) => void = () => {}, method = 'GET', body?: string) {
  const xhr = new XMLHttpRequest()
  const end = ended(xhr)
  xhr.open(method, API)
  more(xhr)
  xhr.send(body)
  return { xhr, events: await end }
}

const text = (body: string | null = 'hello', headers: object = {}) =>
  install(() => new Response(body, { headers: { ...OPEN, ...headers } }))

describe('XMLHttpRequest', () => {
  it('reads what the page may read', async () => {
    text()
    const { xhr, events } = await run()
    expect([xhr.status, xhr.responseText, xhr.response, xhr.responseURL]).toEqual([200, 'hello', 'hello', API])
    expect([xhr.getResponseHeader('x-b'), xhr.getResponseHeader('X-Hidden')]).toEqual(['1', null])
    expect(xhr.getAllResponseHeaders()).toBe('content-type: text/plain;charset=UTF-8\r\nx-b: 1\r\n')
    expect(events).toEqual([
      'readystatechange 1',
      'loadstart',
      'readystatechange 2',
      'readystatechange 3',
      'progress',
      'readystatechange 4',
      'load',
    ])
    expect([XMLHttpRequest.DONE, xhr.DONE, xhr.readyState, XMLHttpRequest.name]).toEqual([4, 4, 4, 'XMLHttpRequest'])
  })

  it('is an error where the browser keeps the response', async () => {
    const page = install(() => new Response('x'))
    const { xhr, events } = await run()
    expect([xhr.status, xhr.responseText, events.at(-1), xhr.getAllResponseHeaders()]).toEqual([0, '', 'error', ''])
    expect(page.outcomes).toMatchObject([{ failure: { code: 'allow-origin-missing' } }])
  })

  it('sends what it is given, joined as an XMLHttpRequest joins it', async () => {
    const page = install((request) => new Response(request.headers.get('X-A'), { headers: OPEN }))
    const { xhr } = await run(
      (it) => {
        it.setRequestHeader('X-A', '1')
        it.setRequestHeader('X-A', '2')
        it.withCredentials = true
      },
      'PUT',
      'body',
    )
    expect(xhr.responseText).toBe('1, 2')
    expect(page.outcomes[0]?.exchanges.map(({ kind, credentials }) => [kind, credentials])).toEqual([
      ['preflight', false],
      ['request', true],
    ])
  })

  it('sends no credentials to another origin by itself', async () => {
    const page = text()
    await run()
    expect(page.outcomes[0]?.exchanges[0]?.credentials).toBe(false)
  })

  it.each([
    ['json', '{"a":1}', { a: 1 }],
    ['json', 'x', null],
    ['arraybuffer', 'ab', new TextEncoder().encode('ab').buffer],
    ['text', 'ab', 'ab'],
  ] as const)('reads %s', async (type, body, read) => {
    text(body)
    const { xhr } = await run((it) => {
      it.responseType = type
    })
    expect(xhr.response).toEqual(read)
  })

  it('reads a Blob with its type', async () => {
    text('ab', { 'Content-Type': 'image/png' })
    const { xhr } = await run((it) => {
      it.responseType = 'blob'
    })
    expect([xhr.response.type, await xhr.response.text()]).toEqual(['image/png', 'ab'])
    expect(() => xhr.responseText).toThrow('responseText')
  })

  it('reports an upload, and is preflighted for its listener', async () => {
    const page = text()
    const seen: string[] = []
    await run(
      ({ upload }) => {
        upload.onprogress = ({ loaded, total, lengthComputable }) => seen.push(`${loaded} ${total} ${lengthComputable}`)
        upload.addEventListener('load', () => seen.push('load'))
      },
      'POST',
      'körper',
    )
    expect(seen).toEqual(['7 7 true', 'load'])
    expect(page.outcomes[0]?.exchanges[0]?.kind).toBe('preflight')
  })

  it('ends by abort() and by its time-out', async () => {
    install(() => new Promise<Response>(() => {}))
    const timed = await run((xhr) => {
      xhr.timeout = 5
    })
    expect([timed.events.at(-1), timed.xhr.status]).toEqual(['timeout', 0])
    const aborted = await run((xhr) => setTimeout(() => xhr.abort(), 5))
    expect([aborted.events.at(-1), aborted.xhr.readyState]).toEqual(['abort', 0])
  })

  it('can be used again, and forgets what came before', async () => {
    install((request) => new Response(request.url, { headers: OPEN }))
    const xhr = new XMLHttpRequest()
    const end = ended(xhr)
    xhr.open('GET', API)
    xhr.send()
    xhr.open('GET', '/own')
    xhr.send()
    expect((await end).filter((name) => name === 'load' || name === 'error')).toEqual(['load'])
    expect(xhr.responseText).toBe(`${PAGE}/own`)
  })

  it('says nothing before an answer, and nothing of a refused one', async () => {
    install(() => new Response('{}', { statusText: 'Fine' }))
    const before = new XMLHttpRequest()
    expect([before.responseURL, before.statusText, before.readyState]).toEqual(['', '', 0])
    for (const type of ['json', 'arraybuffer', 'blob'] as const) {
      const xhr = new XMLHttpRequest()
      xhr.responseType = type
      expect(xhr.response).toBeNull()
      const refused = await run((it) => {
        it.responseType = type
      })
      expect([refused.xhr.response, refused.xhr.readyState, refused.xhr.statusText]).toEqual([null, 4, ''])
    }
  })

  it('shows the reason phrase', async () => {
    install(() => new Response('x', { statusText: 'Fine', headers: OPEN }))
    expect((await run()).xhr.statusText).toBe('Fine')
  })

  it('has each handler from the beginning, and lets upload listeners alone force a preflight', async () => {
    const page = text()
    const events = ['readystatechange', 'loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend']
    const { xhr } = await run(() => {}, 'POST', 'x')
    for (const target of [new XMLHttpRequest(), xhr.upload])
      expect(events.filter((name) => Reflect.get(target, `on${name}`) !== null)).toEqual([])
    await run((it) => it.upload.addEventListener('load', () => {}), 'POST', 'x')
    await run(
      (it) => {
        it.upload.onloadend = () => {}
      },
      'POST',
      'x',
    )
    expect(page.outcomes.map(({ exchanges }) => exchanges[0]?.kind)).toEqual(['request', 'preflight', 'preflight'])
  })

  it('reports the whole of an upload, and none of one that is refused', async () => {
    const seen: string[] = []
    const watch = ({ upload }: XMLHttpRequest) => {
      for (const name of ['loadstart', 'progress', 'load', 'loadend'] as const)
        upload.addEventListener(name, () => seen.push(name))
    }
    text()
    await run(watch, 'POST', 'x')
    expect(seen).toEqual(['loadstart', 'progress', 'load', 'loadend'])
    seen.length = 0
    install(() => new Response('x'))
    await run(watch, 'POST', 'x')
    expect(seen).toEqual(['loadstart'])
  })

  it('sends no body with GET', async () => {
    install(async (request) => new Response(`${request.method}${await request.text()}`, { headers: OPEN }))
    expect((await run(() => {}, 'GET', 'x')).xhr.responseText).toBe('GET')
    expect((await run(() => {}, 'POST', 'x')).xhr.responseText).toBe('POSTx')
  })

  it('is as new after abort() at its end', async () => {
    text()
    const { xhr } = await run()
    xhr.abort()
    expect(xhr.readyState).toBe(0)
    xhr.open('GET', API)
    xhr.abort()
    expect(xhr.readyState).toBe(1)
  })

  it('takes whole addresses on a page without an origin', async () => {
    const page = createBrowser({ fetch: () => new Response('x', { headers: { 'Access-Control-Allow-Origin': '*' } }) })
    restorers.push(page.page('null').install())
    expect((await run()).xhr.responseText).toBe('x')
    expect(() => new XMLHttpRequest().open('GET', '/own')).toThrow('is not a URL')
  })

  it('refuses what a browser refuses', () => {
    text()
    const xhr = new XMLHttpRequest()
    expect(() => xhr.send()).toThrow('open() comes before send()')
    expect(() => xhr.setRequestHeader('a', 'b')).toThrow('open() comes before')
    expect(() => xhr.open('GET', 'http://')).toThrow('is not a URL')
    expect(() => xhr.open('GET', API, false)).toThrow('synchronous')
    xhr.open('GET', API)
    expect(() => xhr.setRequestHeader('a b', 'x')).toThrow(TypeError)
  })
})
