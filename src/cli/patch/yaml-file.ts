import type { Document, Node, Pair, ParsedNode, YAMLMap, YAMLSeq } from 'yaml'
import { NoPatch } from './nginx-place.ts'

/** The names and places that lead to a value: first the number of the document. */
export type Path = readonly (string | number)[]

/** A file of YAML that is changed in places. Every line that is not about a change stays as it is. */
export interface YamlFile {
  /** What the documents hold now. */
  readonly values: readonly unknown[]
  /** Sets a value: an entry of a map, or an item of a list. */
  set(path: Path, value: unknown): void
  /** Puts an item into a list, before the item of that number. */
  insert(path: Path, value: unknown): void
  /** Removes an entry or an item. Its list or map may not become empty. */
  remove(path: Path): void
  /** Returns the changed text, after a reader has read it and found what was asked for. */
  text(): string
}

type Yaml = typeof import('yaml')

/**
 * Loads the reader of YAML. It is an optional peer: only users of `--patch` install it.
 *
 * @throws {NoPatch} if it is not installed
 */
export async function loadYaml(): Promise<Yaml> {
  try {
    return await import('yaml')
  } catch {
    throw new NoPatch('a patch of YAML needs the package yaml (npm install yaml)')
  }
}

/**
 * Opens a text.
 *
 * @throws {NoPatch} for a text that is not YAML, here and in every change for a place that an alias
 * repeats
 */
export function openYaml(yaml: Yaml, source: string): YamlFile {
  let text = source
  const eol = source.includes('\r\n') ? '\r\n' : '\n'
  const values: unknown[] = valuesOf(read())

  function read(): Document.Parsed[] {
    const documents = yaml.parseAllDocuments(text, { keepSourceTokens: true })
    if (!Array.isArray(documents)) throw new NoPatch('the configuration is empty')
    for (const { errors } of documents)
      if (errors[0] !== undefined)
        throw new NoPatch(`the configuration cannot be read: ${errors[0].message.split('\n')[0]?.replace(/:$/, '')}`)
    return documents
  }

  function valuesOf(documents: readonly Document.Parsed[]): unknown[] {
    try {
      return documents.map((document) => document.toJS() as unknown)
    } catch (error) {
      // An alias without its anchor, or thousands of them.
      throw new NoPatch(`the configuration cannot be read: ${error instanceof Error ? error.message : ''}`)
    }
  }

  /** Finds the map or list around a value. What an alias repeats is not changed in one place alone. */
  function around([index, ...path]: Path): YAMLMap | YAMLSeq {
    const document = read()[Number(index)]
    const repeated = new Set<string>()
    if (document !== undefined) yaml.visit(document, { Alias: (_, { source: name }) => void repeated.add(name) })
    let node: unknown = document?.contents
    for (const key of [...path.slice(0, -1), null]) {
      if (yaml.isAlias(node)) throw new NoPatch(`the place is an alias: *${node.source}`)
      if (!yaml.isCollection(node)) throw new NoPatch(`${path.join('.')} is neither a map nor a list`)
      if (node.anchor !== undefined && repeated.has(node.anchor))
        throw new NoPatch(`the place is repeated elsewhere: &${node.anchor}`)
      if (yaml.isMap(node) && node.items.some(({ key: name }) => yaml.isScalar(name) && name.value === '<<'))
        throw new NoPatch('the place is merged with another one: <<')
      if (key !== null) node = node.get(key, true)
    }
    return node as YAMLMap | YAMLSeq
  }

  const splice = (start: number, end: number, put: string): void => {
    text = `${text.slice(0, start)}${put.replaceAll('\n', eol)}${text.slice(end)}`
  }
  const lineStart = (at: number) => text.lastIndexOf('\n', at - 1) + 1
  const lineEnd = (at: number) => /[^\r\n]*/y.exec(text.slice(at))?.[0].length ?? 0
  const isFlow = (node: unknown): boolean => yaml.isCollection(node) && node.flow === true

  /** Where the last word of a value ends. The range of a block goes on to the next one. */
  function endOf(node: unknown): number {
    if (yaml.isPair(node)) return node.value === null ? endOf(node.key) : endOf(node.value)
    const { range } = node as ParsedNode
    if (yaml.isCollection(node) && !isFlow(node) && node.items.length > 0) return endOf(node.items.at(-1))
    return range[0] + text.slice(range[0], range[1]).trimEnd().length
  }

  /** Where an item begins: its `-`, or its name. */
  function startOf(parent: YAMLMap | YAMLSeq, index: number): number {
    const item = parent.items[index]
    if (yaml.isPair(item)) return ((item as Pair<Node>).key.range ?? [0])[0]
    const token = parent.srcToken
    const dash =
      token?.type === 'block-seq' ? token.items[index]?.start.find(({ type }) => type === 'seq-item-ind') : undefined
    if (dash === undefined) throw new NoPatch('a list is written in a way that cannot be changed')
    return dash.offset
  }

  function block(value: unknown, column: number): string {
    const lines = yaml.stringify(value, { lineWidth: 0, compat: 'yaml-1.1' }).trimEnd().split('\n')
    return lines.join(`\n${' '.repeat(column)}`)
  }

  /** Writes a list or map in braces anew. */
  function flow(parent: YAMLMap | YAMLSeq, value: unknown): void {
    const [start, end] = parent.range ?? [0, 0]
    if (/(?:^|\s)#/m.test(text.slice(start, end))) throw new NoPatch('a list in braces holds a comment')
    splice(start, end, JSON.stringify(value))
  }

  function put(path: Path, value: unknown, isNew: boolean): void {
    const parent = around(path)
    const key = path.at(-1) ?? ''
    const holder = at(values, path.slice(0, -1)) as Record<string | number, unknown>
    const place = yaml.isMap(parent)
      ? parent.items.findIndex((pair) => yaml.isScalar(pair.key) && pair.key.value === key)
      : Number(key)
    const entry = yaml.isMap(parent) ? { [key]: value } : [value]
    const exists = place >= 0 && place < parent.items.length
    if (isNew && Array.isArray(holder)) holder.splice(Number(key), 0, value)
    else holder[key] = value
    if (isFlow(parent) || parent.items.length === 0) {
      flow(parent, holder)
      return
    }
    const first = startOf(parent, 0)
    const column = first - lineStart(first)
    if (exists && !isNew) {
      const start = startOf(parent, place)
      splice(start, endOf(parent.items[place]), block(entry, column))
      return
    }
    if (exists) {
      const start = startOf(parent, place)
      const before = text.slice(0, lineStart(start))
      const isAlone = text.slice(before.length, start).trim() === ''
      // The comments above the next item stay above it.
      const comments = isAlone ? (/(?:(?<![^\n])[ \t]*#[^\n]*\n)*$/.exec(before)?.[0].length ?? 0) : 0
      const top = isAlone ? before.length - comments : start
      const lead = isAlone ? ' '.repeat(column) : ''
      splice(top, top, `${lead}${block(entry, column)}\n${isAlone ? '' : ' '.repeat(column)}`)
      return
    }
    const end = endOf(parent)
    splice(end + lineEnd(end), end + lineEnd(end), `\n${' '.repeat(column)}${block(entry, column)}`)
  }

  function remove(path: Path): void {
    const parent = around(path)
    const key = path.at(-1) ?? ''
    const holder = at(values, path.slice(0, -1)) as Record<string | number, unknown>
    const place = yaml.isMap(parent)
      ? parent.items.findIndex((pair) => yaml.isScalar(pair.key) && pair.key.value === key)
      : Number(key)
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
    if (isFlow(parent)) {
      flow(parent, holder)
      return
    }
    const start = startOf(parent, place)
    const end = endOf(parent.items[place])
    const top = lineStart(start)
    const isAlone = text.slice(top, start).trim() === ''
    if (isAlone) splice(top, Math.min(text.length, end + lineEnd(end) + eol.length), '')
    else splice(start, startOf(parent, place + 1), '')
  }

  return {
    values,
    set: (path, value) => put(path, value, false),
    insert: (path, value) => put(path, value, true),
    remove,
    text: () => {
      if (JSON.stringify(valuesOf(read())) !== JSON.stringify(values))
        throw new NoPatch('the patch would change more than CORS')
      return text
    },
  }
}

/** Returns what stands at a path; undefined if nothing does. */
export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}
