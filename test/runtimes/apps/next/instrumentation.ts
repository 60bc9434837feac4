// What Next keeps from a proxy, Node does not: the header set is stamped when headers are sent. Preflights stay with the proxy.

import { subscribe } from 'node:diagnostics_channel'
import { cors, type NodeRequest, type NodeResponse } from 'corsmith/node'
import { NAMES, nameOf } from '../../../conformance/policies.ts'
import { sourceOf } from '../sources.ts'

export function stampEverything(): void {
  const handlers = Object.fromEntries(
    NAMES.map((name) => {
      const source = sourceOf(name)
      return [name, cors((name === 'forbid' ? { ...source, refused: 'pass' } : source) as never)]
    }),
  )
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: NodeRequest; response: NodeResponse }
    const { method, url = '/' } = request
    if (method !== 'OPTIONS' && !url.startsWith('/route')) handlers[nameOf(url)]?.(request, response, () => {})
  })
}
