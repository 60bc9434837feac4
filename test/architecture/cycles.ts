// Finds the circles of imports inside a room. Type imports count: a reader follows them too.
import { importsOf, targetOf } from './rules.ts'
import type { Source } from './source.ts'

/** The files that each file imports, as far as they are among the sources. */
export function graphOf(sources: readonly Source[]): Map<string, readonly string[]> {
  const paths = new Set(sources.map(({ path }) => path))
  return new Map(
    sources.map((source) => [
      source.path,
      importsOf(source)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => targetOf(source.path, specifier))
        .filter((target) => paths.has(target)),
    ]),
  )
}

/**
 * Returns the circles: each is the list of files that reach one another, in alphabetical order. A file that imports itself is one,
 * too. These are the strongly connected components of the graph, found as files that are reachable both ways.
 */
export function circlesOf(sources: readonly Source[]): string[][] {
  const graph = graphOf(sources)
  const reach = new Map([...graph.keys()].map((path) => [path, reachOf(graph, path)]))
  const isMutual = (a: string, b: string) => reach.get(a)?.has(b) && reach.get(b)?.has(a)
  const circles = [...graph.keys()]
    .filter((path) => isMutual(path, path))
    .map((path) => [...graph.keys()].filter((other) => isMutual(path, other)).toSorted())
  return [...new Map(circles.map((circle) => [circle.join(' '), circle])).values()]
}

/** The files that a file imports, directly or not. The file itself is among them only if a path leads back. */
function reachOf(graph: ReadonlyMap<string, readonly string[]>, from: string): Set<string> {
  const seen = new Set<string>()
  const open = [...(graph.get(from) ?? [])]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    open.push(...(graph.get(path) ?? []))
  }
  return seen
}
