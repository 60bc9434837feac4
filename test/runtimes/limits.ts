// Cells that a framework makes impossible. Each is run all the same and must fail: when it holds, the limit is gone and must go here.
import type { Limit } from './target.ts'

export const LIMITS: readonly Limit[] = [
  ...of('node:http2', ['S27', 'S27b'], "Node's HTTP/2 server has no `upgrade`: WebSockets need HTTP/1.1 there."),

  ...of(
    ['next proxy', 'next route', 'next middleware'],
    ['S27', 'S27b'],
    'Next gives an application no hook for WebSockets.',
  ),
  ...of(
    ['next proxy', 'next middleware'],
    ['S29b'],
    'Next joins the `Vary` of a proxy and of a handler without looking for a name that both have. A name that stands there twice does no harm.',
  ),
  ...of(
    'next route',
    ['S25b', 'P5', 'A.S11', 'H4', 'H5', 'H6'],
    'A wrapper for route handlers runs only for its own route. Next itself answers a path without a route, and that answer gets no headers. Use `proxy.ts` to cover it.',
  ),
  ...of(
    'next middleware',
    ['S25b', 'P5', 'A.S11', 'H4', 'H6', 'N1', 'N2'],
    'Next overwrites the `Vary` of a proxy on its pages, error pages included. With `instrumentation.ts`, as in examples/next, it stays.',
  ),
  ...of(
    'next middleware',
    ['S26c', 'P2', 'S28', 'S28b', 'S28d', 'A.S21', 'A.S21b'],
    'A proxy does not see the response of a handler: it cannot name its headers, nor remove CORS headers that the handler sets. With `instrumentation.ts` they are seen, named and removed.',
  ),
  ...of(
    'next middleware',
    ['H5'],
    'Next redirects to a normalised path before its proxy. With `instrumentation.ts` the redirect carries the headers.',
  ),
  ...of(
    'react-router middleware',
    ['S25b', 'P5', 'A.S11', 'H4', 'H5', 'H6'],
    'React Router runs middleware for URLs that match a route. With `withCors` around the request handler the headers are there.',
  ),
  ...of(
    'astro middleware',
    ['S25', 'S25c', 'P4', 'A.S10', 'H1', 'H3'],
    'Astro renders what endpoints throw outside of its middleware. With `src/fetch.ts` the headers are there.',
  ),
  ...of(
    ['astro fetch', 'astro middleware'],
    ['H14'],
    "Astro's server for Node reads a response as fast as it is made, and keeps what the client has not read.",
  ),
  ...of(
    'next middleware',
    ['N4', 'N5'],
    'What Next answers before its proxy, or passes on from another server, a proxy cannot touch. With `instrumentation.ts` it carries the headers.',
  ),
  ...of(
    'next middleware',
    ['N10'],
    'Next redirects a path with a slash at its end before its proxy, a preflight too. `skipTrailingSlashRedirect: true` in next.config stops it.',
  ),
  ...of(
    ['next proxy', 'next middleware'],
    ['N11'],
    'The `redirects()` of next.config come before the proxy, for a preflight too, and no browser follows that. Redirect in `proxy.ts` instead.',
  ),
  ...of(
    'bun routes',
    ['B10', 'B11'],
    'Bun answers `{ dir }` and HTML imports before any handler. Serve from a handler what pages of other origins read.',
  ),
  ...of(
    'bun routes',
    ['B15'],
    'Bun opens a file after its handler has returned, and asks `error` without saying for which request. Ask `await file.exists()` in the handler.',
  ),
  ...of(
    'elysia',
    ['Y2'],
    "Bun opens a file after its handler has returned, and tells Elysia's own error hook without saying for which request.",
  ),
]

function of(targets: string | readonly string[], rows: readonly string[], reason: string): readonly Limit[] {
  return [targets].flat().flatMap((target) => rows.map((row) => ({ target, row, reason })))
}

export function limitOf(target: string, row: string): Limit | undefined {
  return LIMITS.find((limit) => limit.target === target && limit.row === row)
}
