import { proxy, withCors } from 'corsmith/next'
import { tryAll } from '../../../conformance/construct.ts'

export function byProxy(): Response {
  return Response.json(tryAll((policy) => proxy(policy)))
}

export function byWrapper(): Response {
  return Response.json(tryAll((policy) => withCors(policy, {})))
}
