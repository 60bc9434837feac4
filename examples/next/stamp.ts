import { subscribe } from 'node:diagnostics_channel'
import { cors, type NodeRequest, type NodeResponse } from 'corsmith/node'
import { policy } from './cors'

const stamp = cors(policy)

// Preflights are the proxy's. Whatever else is answered gets the header set at the moment it is sent.
subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: NodeRequest; response: NodeResponse }
  if (request.method !== 'OPTIONS') stamp(request, response)
})
