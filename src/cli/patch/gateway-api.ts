import { NoPatch } from './nginx-place.ts'
import { at, type Path, type YamlFile } from './yaml-file.ts'

const CORS_HEADER = /^(?:access-control-|timing-allow-origin$)/i

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/**
 * Puts the CORS filter of a fix into the rule of an HTTPRoute that answers the URL. The filter that
 * is there already is replaced, and CORS headers that are set by hand are removed.
 *
 * @throws {NoPatch} if the rule is not certain, or if a preflight does not come to it
 */
export function patchHttpRoute(file: YamlFile, filter: unknown, url: URL): void {
  const rule = ruleOf(file, url)
  const path: Path = [...rule, 'filters']
  const filters = () => listOf(at(file.values, path))
  if (listOf(at(file.values, [...rule, 'backendRefs'])).some((backend) => listOf(backend.filters).some(says)))
    throw new NoPatch('a filter of a backendRef sets CORS headers: remove it first')
  const place = filters().findIndex(({ type }) => type === 'CORS')
  if (filters().length === 0) file.set(path, [filter])
  else if (place < 0) file.insert([...path, 0], filter)
  else if (JSON.stringify(filters()[place]) !== JSON.stringify(filter)) file.set([...path, place], filter)
  for (const index of filters()
    .map((_, i) => i)
    .reverse())
    withoutCors(file, [...path, index])
}

/** Removes the CORS headers that a ResponseHeaderModifier sets; all of it, if it does nothing else. */
function withoutCors(file: YamlFile, path: Path): void {
  const modifier: Path = [...path, 'responseHeaderModifier']
  for (const key of ['set', 'add']) {
    const lines = listOf(at(file.values, [...modifier, key]))
    const isCors = (line: Fields | undefined) => CORS_HEADER.test(String(line?.name ?? ''))
    if (!lines.some(isCors)) continue
    const others = Object.keys(at(file.values, modifier) ?? {}).filter((name) => name !== key)
    if (!lines.every(isCors)) {
      for (const index of lines.map((_, i) => i).reverse())
        if (isCors(lines[index])) file.remove([...modifier, key, index])
    } else if (others.length > 0) file.remove([...modifier, key])
    else file.remove(path)
  }
}

const says = (filter: Fields): boolean =>
  ['set', 'add'].some((key) =>
    listOf(at(filter, ['responseHeaderModifier', key])).some(({ name }) => CORS_HEADER.test(String(name))),
  )

interface Candidate {
  readonly path: Path
  readonly host: number
  readonly rank: number
  /** What else than the path decides, such as the method. */
  readonly conditions: readonly string[]
}

/** Finds the rule by host and path, in the order of the Gateway API: the most of either comes first. */
function ruleOf(file: YamlFile, url: URL): Path {
  const candidates = file.values.flatMap((document, d) => {
    const isRoute =
      at(document, ['kind']) === 'HTTPRoute' &&
      String(at(document, ['apiVersion'])).startsWith('gateway.networking.k8s.io/')
    if (!isRoute) return []
    const host = hostRank(at(document, ['spec', 'hostnames']), url.hostname)
    if (host === 0) return []
    return listOf(at(document, ['spec', 'rules'])).flatMap((rule, r) =>
      matchesOf(rule).map((match): Candidate => {
        const rank = pathRank(match.path, url.pathname)
        const conditions = ['method', 'headers', 'queryParams'].filter((name) => match[name] !== undefined)
        return { path: [d, 'spec', 'rules', r], host, rank, conditions }
      }),
    )
  })
  if (!file.values.some((document) => at(document, ['kind']) === 'HTTPRoute'))
    throw new NoPatch('the file holds no HTTPRoute')
  // Gateways differ in whether a route of a wider host answers what the nearest one does not match.
  const host = Math.max(...candidates.map((each) => each.host))
  const ofHost = candidates.filter((each) => each.host === host && each.rank > 0)
  const rank = Math.max(...ofHost.map((each) => each.rank))
  const best = ofHost.filter((each) => each.rank === rank)
  const first = best[0]
  if (first === undefined) throw new NoPatch(`no rule answers ${url.hostname}${url.pathname}`)
  const conditions = [...new Set(best.flatMap((each) => each.conditions))]
  if (conditions.includes('method'))
    throw new NoPatch(
      'the rule matches by method, so no preflight comes to it: remove "method", or add a match for OPTIONS',
    )
  if (conditions.length > 0)
    throw new NoPatch(`the rule matches by ${conditions.join(' and ')}, which a preflight does not have`)
  const rules = new Set(best.map(({ path }) => path.join()))
  if (rules.size > 1) throw new NoPatch(`${rules.size} rules may answer ${url.hostname}${url.pathname}`)
  return first.path
}

const matchesOf = (rule: Fields): readonly Fields[] => {
  const matches = listOf(rule.matches)
  return matches.length === 0 ? [{}] : matches
}

function hostRank(hostnames: unknown, host: string): number {
  const names: readonly unknown[] = Array.isArray(hostnames) && hostnames.length > 0 ? hostnames : ['*']
  return Math.max(
    ...names.map((each) => {
      const name = String(each).toLowerCase()
      if (name === host) return 1e6
      if (name === '*') return 1
      return name.startsWith('*.') && host.endsWith(name.slice(1)) ? 1 + name.length : 0
    }),
  )
}

function pathRank(match: unknown, path: string): number {
  const type = at(match, ['type']) ?? 'PathPrefix'
  const value = String(at(match, ['value']) ?? '/')
  if (type === 'Exact') return value === path ? 1e6 : 0
  if (type !== 'PathPrefix')
    throw new NoPatch(`a rule matches by ${String(type)}, which gateways read in different ways`)
  const prefix = value.replace(/\/$/, '')
  return path === prefix || path.startsWith(`${prefix}/`) ? 1 + prefix.length : 0
}
