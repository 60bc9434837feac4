// The proxy of the Next application: one per policy, chosen by path. Inside stands a proxy of the application's own.
import { proxy } from 'corsmith/next'
import { NAMES, nameOf } from '../../../conformance/policies.ts'
import { sourceOf } from '../sources.ts'

function own({ url }: Request): undefined {
  if (url.endsWith('/proxy-throws')) throw new Error('thrown on purpose')
}

const proxies = Object.fromEntries(NAMES.map((name) => [name, proxy(sourceOf(name) as never, own)]))

export function byPath(request: Request, event: unknown): Response | Promise<Response> | undefined {
  return proxies[nameOf(request.url)]?.(request, event)
}
