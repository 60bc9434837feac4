import type { Block, Directive } from './nginx-tree.ts'

/** No patch is written, for the reason in the message. */
export class NoPatch extends Error {
  override readonly name = 'NoPatch'
}

/** Where the lines of a fix go. */
export interface Place {
  /** The server that answers the URL. The maps go before it. */
  readonly server: Directive
  /** What stands beside the server: in `http { }`, or at the top of an included file. */
  readonly beside: readonly Directive[]
  /** The block for the headers: a location, or the server itself. */
  readonly home: Block
  /** The blocks around `home`, the nearest first. */
  readonly around: readonly Block[]
}

/**
 * Finds the block that answers a URL, as nginx does: the server by name and port, the location by
 * its kind and length.
 *
 * @throws {NoPatch} if several blocks may answer
 */
export function findPlace(tree: Block, url: URL): Place {
  const http = tree.directives.find(({ words }) => words[0] === 'http')?.block ?? tree
  const servers = http.directives.filter(({ words, block }) => words[0] === 'server' && block !== null)
  const server = serverOf(servers, url)
  const own = server.block
  if (own === null) throw new NoPatch('the server has no block')
  if (own.directives.some(({ words }) => words[0] === 'include' && !/mime|types|params|fastcgi/.test(words[1] ?? '')))
    throw new NoPatch('the server includes other files, which may hold its locations')
  const path = locationsOf(own, url.pathname)
  const chain = [own, ...path]
  const inner = chain.at(-1) ?? own
  const answering = chain.findIndex((block) => block.directives.some(isOptions))
  const marked = chain.findLastIndex((block) => block.directives.some(isCors))
  const level = answering >= 0 ? answering : hasHeaders(inner) || marked < 0 ? chain.length - 1 : marked
  const home = chain[level] ?? inner
  if (chain.slice(level + 1).some(hasHeaders))
    throw new NoPatch('an outer block answers OPTIONS, and a block inside it has headers of its own')
  return {
    server,
    beside: http.directives,
    home,
    around: [...chain.slice(0, level).reverse(), ...(http === tree ? [] : [http])],
  }
}

function serverOf(servers: readonly Directive[], url: URL): Directive {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const named = servers.filter((server) => valuesOf(server, 'server_name').some((name) => isName(name, url.hostname)))
  const onPort = (list: readonly Directive[]) =>
    list.filter((server) => {
      const listens = valuesOf(server, 'listen').map((text) => /(?:^|:)(\d+)$/.exec(text)?.[1] ?? '80')
      return (listens.length === 0 ? ['80'] : listens).includes(port)
    })
  for (const list of [onPort(named), named, onPort(servers), servers]) {
    if (list.length === 1 && list[0] !== undefined) return list[0]
    if (list.length > 1) throw new NoPatch(`${list.length} servers may answer ${url.host}`)
  }
  throw new NoPatch('the file holds no server { }')
}

function valuesOf(server: Directive, name: string): readonly string[] {
  const all = server.block?.directives.filter(({ words }) => words[0] === name) ?? []
  return all.flatMap(({ words }) => (name === 'listen' ? words.slice(1, 2) : words.slice(1)))
}

function isName(name: string, host: string): boolean {
  if (name.startsWith('*.')) return host.endsWith(name.slice(1))
  return name.startsWith('.') ? host === name.slice(1) || host.endsWith(name) : name.toLowerCase() === host
}

/** Follows the locations that nginx chooses for a path, one inside the other. */
function locationsOf(block: Block, path: string): readonly Block[] {
  const locations = block.directives.flatMap(({ words, block: inner }) => {
    if (words[0] !== 'location' || inner === null) return []
    const [kind, pattern] = words.length > 2 ? [words[1] ?? '', words[2] ?? ''] : ['', words[1] ?? '']
    return [{ kind, pattern, inner }]
  })
  const exact = locations.find(({ kind, pattern }) => kind === '=' && pattern === path)
  const prefixes = locations.filter(
    ({ kind, pattern }) => (kind === '' || kind === '^~') && !pattern.startsWith('@') && path.startsWith(pattern),
  )
  const longest = prefixes.sort((a, b) => b.pattern.length - a.pattern.length)[0]
  const regular = longest?.kind === '^~' ? undefined : locations.find((each) => matches(each, path))
  const chosen = exact ?? regular ?? longest
  return chosen === undefined ? [] : [chosen.inner, ...locationsOf(chosen.inner, path)]
}

function matches({ kind, pattern }: { readonly kind: string; readonly pattern: string }, path: string): boolean {
  if (kind !== '~' && kind !== '~*') return false
  try {
    return new RegExp(pattern, kind === '~*' ? 'i' : '').test(path)
  } catch {
    // nginx uses PCRE, which knows more.
    throw new NoPatch(`the pattern ${JSON.stringify(pattern)} of a location cannot be read`)
  }
}

/**
 * Returns whether an `if` is about CORS alone: it answers OPTIONS, or adds CORS headers for a method
 * or an origin. Such a block hides the headers of the block around it.
 *
 * @throws {NoPatch} if it does something else as well
 */
export function isCorsBlock(directive: Directive): boolean {
  const inner = directive.block?.directives ?? []
  if (directive.words[0] !== 'if' || !(isOptions(directive) || inner.some(isCors))) return false
  const mayReturn = isOptions(directive)
  const isKnown = ({ words }: Directive) =>
    words[0] === 'add_header' || words[0] === 'more_set_headers' || (mayReturn && words[0] === 'return')
  if (!inner.every(isKnown)) throw new NoPatch('an "if" with CORS headers does something else as well')
  return true
}

function isOptions({ words, block }: Directive): boolean {
  const condition = words.join(' ')
  return block !== null && words[0] === 'if' && /\$request_method\b/.test(condition) && /OPTIONS/i.test(condition)
}

function isCors({ words }: Directive): boolean {
  return words[0] === 'add_header' && /^access-control-/i.test(words[1] ?? '')
}

function hasHeaders(block: Block): boolean {
  return block.directives.some(({ words }) => words[0] === 'add_header')
}
