import { NoPatch } from './nginx-place.ts'
import { at, type Path, type YamlFile } from './yaml-file.ts'

const CORS = 'envoy.filters.http.cors'

/** Filters that refuse a request without a token or a cookie, as a preflight is. */
const GUARDS = /envoy\.filters\.http\.(?:jwt_authn|ext_authz|rbac|basic_auth|api_key_auth|oauth2|router)$/

const CORS_HEADER = /^(?:access-control-|timing-allow-origin$)/i

/** The two parts of a fix: the filter, and what the virtual host says. */
export interface EnvoyFix {
  readonly filter: unknown
  readonly host: Readonly<Record<string, unknown>>
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])
const textAt = (value: unknown, ...path: Path): string => {
  const text = at(value, path)
  return typeof text === 'string' || typeof text === 'number' ? String(text) : ''
}

/**
 * Puts the parts of a fix into a static configuration of Envoy: the filter above those that refuse,
 * and the policy into the virtual host or the route that answers the URL.
 *
 * @throws {NoPatch} if the place is not certain, or if another part would get in the way
 */
export function patchEnvoy(file: YamlFile, fix: EnvoyFix, url: URL): void {
  const manager = managerOf(file, url)
  const config = at(file.values, manager)
  if (at(config, ['route_config']) === undefined) throw new NoPatch('the routes come from elsewhere (rds)')
  const hosts: Path = [...manager, 'route_config', 'virtual_hosts']
  const host: Path = [...hosts, hostOf(listOf(at(file.values, hosts)), url)]
  const route = routeOf(at(file.values, host), url)
  for (const outer of [config, at(config, ['route_config'])])
    if (says(outer)) throw new NoPatch('the CORS headers are set for every virtual host: remove them there first')
  const home = homeOf(at(file.values, host), route) === 'host' ? host : [...host, 'routes', route ?? 0]
  putFilter(file, [...manager, 'http_filters'], fix.filter)
  putPolicy(file, home, fix.host)
}

/** Finds the connection manager of the listener with the port of the URL, or the only one. */
function managerOf(file: YamlFile, url: URL): Path {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const managers = file.values.flatMap((document, d) =>
    listOf(at(document, ['static_resources', 'listeners'])).flatMap((listener, l) => {
      const chains = listOf(at(listener, ['filter_chains'])).map((chain, c): [Fields, Path] => [
        chain,
        ['filter_chains', c],
      ])
      const last = at(listener, ['default_filter_chain'])
      return [...chains, ...(isFields(last) ? [[last, ['default_filter_chain']] as [Fields, Path]] : [])].flatMap(
        ([chain, path]) =>
          listOf(at(chain, ['filters'])).flatMap((filter, f) =>
            /HttpConnectionManager$/.test(textAt(filter, 'typed_config', '@type'))
              ? [
                  {
                    path: [d, 'static_resources', 'listeners', l, ...path, 'filters', f, 'typed_config'] as Path,
                    port: textAt(listener, 'address', 'socket_address', 'port_value'),
                  },
                ]
              : [],
          ),
      )
    }),
  )
  const onPort = managers.filter((each) => each.port === port)
  const chosen = onPort.length > 0 ? onPort : managers
  if (chosen[0] === undefined) throw new NoPatch('the file holds no http_connection_manager in static_resources')
  if (chosen.length > 1) throw new NoPatch(`${chosen.length} listeners may answer ${url.host}`)
  return chosen[0].path
}

/** Finds the virtual host by its domains, in Envoy's order: the name, then `*.name`, `name.*` and `*`. */
function hostOf(hosts: readonly Fields[], url: URL): number {
  const rank = (domain: string): number => {
    const name = domain.toLowerCase()
    if (name === url.host || name === url.hostname) return 1e6
    if (name === '*') return 1
    if (name.startsWith('*') && url.hostname.endsWith(name.slice(1))) return 1e4 + name.length
    return name.endsWith('*') && url.hostname.startsWith(name.slice(0, -1)) ? 100 + name.length : 0
  }
  const domains = (host: Fields): readonly unknown[] => (Array.isArray(host.domains) ? host.domains : [])
  const ranks = hosts.map((host) => Math.max(0, ...domains(host).map((domain) => rank(String(domain)))))
  const best = Math.max(...ranks)
  if (hosts.length === 1) return 0
  if (!(best > 0)) throw new NoPatch(`no virtual host has the domain ${url.hostname}`)
  return ranks.indexOf(best)
}

/** Finds the first route that a path matches; null if more than the path decides. */
function routeOf(host: unknown, url: URL): number | null {
  for (const [index, route] of listOf(at(host, ['routes'])).entries()) {
    const { match } = route
    if (!isFields(match)) return null
    const { prefix, path, path_separated_prefix: part, safe_regex: regex, ...rest } = match
    const source = textAt(regex, 'regex')
    const matches =
      typeof prefix === 'string'
        ? url.pathname.startsWith(prefix)
        : typeof path === 'string'
          ? url.pathname === path
          : typeof part === 'string'
            ? url.pathname === part || url.pathname.startsWith(`${part}/`)
            : source === '' || mayMatch(source, url.pathname)
    if (!matches) continue
    const isCertain = (source === '' || mayMatch(source, url.pathname)) && Object.keys(rest).length === 0
    return isCertain && at(route, ['route', 'weighted_clusters']) === undefined ? index : null
  }
  return null
}

function mayMatch(source: string, path: string): boolean {
  try {
    return new RegExp(`^(?:${source})$`).test(path)
  } catch {
    throw new NoPatch(`the pattern ${JSON.stringify(source)} of a route cannot be read`)
  }
}

/** Tells whether a virtual host or a route speaks of CORS. */
function says(part: unknown): boolean {
  const own = at(part, ['typed_per_filter_config', CORS]) ?? at(part, ['cors'])
  return own !== undefined || listOf(at(part, ['response_headers_to_add'])).some(isCorsLine)
}

const isCorsLine = (line: Fields): boolean => CORS_HEADER.test(textAt(line, 'header', 'key'))

/** Where the policy goes: to where one is today, and beside other routes into the one that answers. */
function homeOf(host: unknown, index: number | null): 'host' | 'route' {
  const routes = listOf(at(host, ['routes']))
  const others = routes.filter((route, place) => place !== index && says(route))
  const own = index !== null && says(routes[index])
  if (says(host)) {
    if (own || others.length > 0) throw new NoPatch('the virtual host and one of its routes both speak of CORS')
    return 'host'
  }
  if (index !== null) return own || routes.length > 1 ? 'route' : 'host'
  if (routes.length > 1) throw new NoPatch('more than the path decides which route answers')
  if (others.length > 0) throw new NoPatch('a route with conditions speaks of CORS')
  return 'host'
}

/** Puts the filter above all that refuse. One that stands there already stays, if nothing turns it off. */
function putFilter(file: YamlFile, path: Path, filter: unknown): void {
  const filters = listOf(at(file.values, path))
  const nameOf = (each: Fields | undefined) => (textAt(each, 'name').endsWith('cors') ? CORS : textAt(each, 'name'))
  const isCors = (each: Fields) =>
    nameOf(each) === CORS || /\.cors\.v3\.Cors$/.test(textAt(each, 'typed_config', '@type'))
  const place = filters.findIndex(isCors)
  const guard = filters.findIndex((each) => GUARDS.test(nameOf(each)))
  if (filters.length === 0) throw new NoPatch('the connection manager has no http_filters')
  if (place >= 0 && place < guard) {
    const isOn = filters[place]?.typed_config !== undefined && filters[place]?.disabled !== true
    if (!isOn) file.set([...path, place], filter)
    return
  }
  if (place >= 0) file.remove([...path, place])
  file.insert([...path, 0], filter)
}

function putPolicy(file: YamlFile, home: Path, fix: Fields): void {
  const now = (): unknown => at(file.values, home)
  if (at(now(), ['cors']) !== undefined) file.remove([...home, 'cors'])
  const perFilter = at(now(), ['typed_per_filter_config'])
  const wanted = at(fix, ['typed_per_filter_config', CORS])
  if (!isFields(perFilter)) file.set([...home, 'typed_per_filter_config'], { [CORS]: wanted })
  else file.set([...home, 'typed_per_filter_config', CORS], wanted)
  const removed = at(now(), ['response_headers_to_remove'])
  const names: readonly unknown[] = Array.isArray(removed) ? removed : []
  const has = (name: unknown) => names.some((each) => String(each).toLowerCase() === String(name).toLowerCase())
  const lacking = (fix.response_headers_to_remove as readonly string[]).filter((name) => !has(name))
  if (names.length === 0) file.set([...home, 'response_headers_to_remove'], fix.response_headers_to_remove)
  else for (const name of lacking) file.insert([...home, 'response_headers_to_remove', 1e9], name)
  const path = [...home, 'response_headers_to_add']
  const lines = listOf(at(file.values, path))
  const [vary] = listOf(fix.response_headers_to_add)
  const isVary = (line: Fields) =>
    /^vary$/i.test(textAt(line, 'header', 'key')) && /origin/i.test(textAt(line, 'header', 'value'))
  if (lines.length === 0) file.set(path, [vary])
  else if (!lines.some(isVary)) file.insert([...path, lines.length], vary)
  for (const index of lines.map((_, place) => place).reverse()) {
    const line = lines[index]
    if (line !== undefined && isCorsLine(line)) file.remove([...path, index])
  }
}
