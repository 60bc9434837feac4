import { publicAddress, publicCookie, publicLinks, publicRefresh, type Site } from './addresses.ts'
import { decoded } from './body.ts'
import { holdAlike } from './exchange.ts'
import { cleanResponseHeaders, isDecodedByFetch } from './headers.ts'
import type { Runtime } from './options.ts'

/** The headers whose whole value is one address. */
const ADDRESSES = ['Location', 'Content-Location'] as const

/**
 * Makes the edge's answer out of the origin API's: its body, its status, its headers without what is the edge's business, and its
 * addresses as the reader knows them. Null for a body that is not what its `Content-Encoding` says.
 */
export async function publish(answer: Response, site: Site, { decodesBodies }: Runtime): Promise<Response | null> {
  let isDecoded = decodesBodies && isDecodedByFetch(answer.headers.get('Content-Encoding'))
  let { body } = answer
  if (isDecoded && body !== null) {
    try {
      const read = await decoded(body)
      holdAlike(read.body, body)
      body = read.body
      isDecoded = read.isDecoded
    } catch {
      return null
    }
  }
  const response = rebuilt(answer, body)
  const { headers } = response
  cleanResponseHeaders(headers, isDecoded)
  for (const name of ADDRESSES) rewrite(headers, name, (address) => publicAddress(address, site))
  rewrite(headers, 'Link', (links) => publicLinks(links, site))
  rewrite(headers, 'Refresh', (refresh) => publicRefresh(refresh, site))
  const cookies = headers.getSetCookie()
  headers.delete('Set-Cookie')
  for (const cookie of cookies) headers.append('Set-Cookie', publicCookie(cookie, site))
  return response
}

/** Passing the answer itself keeps what only its runtime knows of it. A reason phrase may hold what no Response can be made with. */
function rebuilt(answer: Response, body: ReadableStream | null): Response {
  const { status, statusText, headers } = answer
  const isPhrase = /^[\t\x20-\x7e\x80-\xff]*$/.test(statusText)
  return new Response(body, isPhrase ? answer : { status, headers })
}

function rewrite(headers: Headers, name: string, change: (value: string) => string): void {
  const value = headers.get(name)
  if (value !== null) headers.set(name, change(value))
}
