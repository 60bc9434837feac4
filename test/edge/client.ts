/** A page that asks, and never waits for ever. */
import { type Agent, request as open } from 'node:http'
import { type Asked, DOMAIN, type Heard } from './ledger.ts'

/** Sends a request. Gives null where the connection broke before an answer, and `hung` where none came. */
export function ask(
  port: number,
  agent: Agent,
  asked: Asked,
  fault: string,
  patience: number,
): Promise<Heard | 'hung' | null> {
  return new Promise((resolve) => {
    const headers: Record<string, string> = {
      Host: `t${asked.tenant}.${DOMAIN}`,
      Origin: asked.origin,
      'X-Id': asked.id,
    }
    if (asked.isPreflight) headers['Access-Control-Request-Method'] = 'PUT'
    if (fault !== '') headers['X-Fault'] = fault
    const method = asked.isPreflight ? 'OPTIONS' : 'GET'
    const request = open({ host: '127.0.0.1', port, agent, method, path: '/items', headers })
    const timer = setTimeout(() => {
      resolve('hung')
      request.destroy()
    }, patience)
    const done = (heard: Heard | null) => {
      clearTimeout(timer)
      resolve(heard)
    }
    request.on('error', () => done(null))
    request.on('response', (response) => {
      const field = (name: string) => String(response.headers[name] ?? '') || null
      const heard: Heard = {
        status: response.statusCode ?? 0,
        allowOrigin: field('access-control-allow-origin'),
        vary: field('vary'),
        echoed: field('x-echo'),
      }
      response.on('error', () => done(heard))
      response.on('close', () => done(heard))
      response.resume()
    })
    request.end()
  })
}
