// The proxy of the Next application: one per policy, chosen by path.
import { proxy } from 'corsmith/next'
import { NAMES, nameOf } from '../../../conformance/policies.ts'
import { sourceOf } from '../sources.ts'

const proxies = Object.fromEntries(NAMES.map((name) => [name, proxy(sourceOf(name) as never)]))

export function byPath(request: Request, event: unknown): Response | Promise<Response> | undefined {
  return proxies[nameOf(request.url)]?.(request, event)
}
