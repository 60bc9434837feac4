import { VARY } from '../../spec/fields.ts'
import { findPlace, isCorsBlock, NoPatch, type Place } from './nginx-place.ts'
import { type Block, type Directive, readNginx } from './nginx-tree.ts'

/** A stretch of the file, and the text in its place. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

const CORS_HEADER = /^(?:access-control-|timing-allow-origin$)/i

/** What passes a request on, and the directive that hides headers of its answer. */
const HIDES: Readonly<Record<string, string>> = {
  fastcgi_pass: 'fastcgi_hide_header',
  uwsgi_pass: 'uwsgi_hide_header',
  scgi_pass: 'scgi_hide_header',
  grpc_pass: 'grpc_hide_header',
}

/**
 * Puts the lines of a fix into a configuration of nginx: maps beside the server, the rest into the
 * block that answers the URL. CORS lines that are there already are removed.
 *
 * @param config The configuration.
 * @param fix The text that the fix pastes.
 * @param url The URL of the request.
 * @returns The changed configuration.
 * @throws {NoPatch} if the place is not certain, or if more than CORS would change
 */
export function patchNginx(config: string, fix: string, url: URL): string {
  const tree = read(config, 'the configuration')
  const pasted = read(fix, 'the fix')
  const place = findPlace(tree, url)
  const maps = pasted.directives.filter(({ words }) => words[0] === 'map')
  const rules = pasted.directives.filter(({ words }) => words[0] !== 'map')
  const { home, server } = place
  const oldMaps = mapsToReplace(config, place, maps)
  const gone = [...oldMaps, ...corsOf(home)]
  const indent = indentOf(config, home)
  // `return` and `rewrite` run in the order of the file, so the answers to preflights come first.
  const first = home.directives.find(
    (each) => /^(?:return|rewrite|break|if|set)$/.test(each.words[0] ?? '') && !gone.includes(each),
  )
  const early = first === undefined ? [] : rules.filter(({ words }) => words[0] === 'if')
  const late = rules.filter((each) => !early.includes(each))
  const edits: Edit[] = [
    ...gone.map((each) => wholeLines(config, each)),
    insertBefore(
      config,
      server,
      maps.map((each) => textOf(fix, each)),
    ),
    ...(first === undefined
      ? []
      : [
          insertBefore(
            config,
            first,
            early.map((each) => textOf(fix, each)),
          ),
        ]),
    {
      start: lineEnd(config, home),
      end: home.end,
      text: `${[...inherited(config, place), ...late.map((each) => ruleText(fix, each, home))]
        .map((text) => `\n${indented(text, `${indent}    `)}`)
        .join('')}\n${indent}`,
    },
  ]
  return applied(config, edits)
}

function read(source: string, what: string): Block {
  try {
    return readNginx(source)
  } catch (error) {
    if (error instanceof SyntaxError) throw new NoPatch(`${what} cannot be read: ${error.message}`)
    throw error
  }
}

/** Lists the CORS lines of a block, and its answers to OPTIONS. */
function corsOf(home: Block): readonly Directive[] {
  return home.directives.filter((each) => {
    const [name, header = ''] = each.words
    if (name === 'if') return isCorsBlock(each)
    const isVary =
      name === 'add_header' && header.toLowerCase() === VARY.toLowerCase() && /^origin$/i.test(each.words[2] ?? '')
    if (/^more_set_headers$/.test(name ?? '')) return each.words.slice(1).every((line) => CORS_HEADER.test(line))
    return isVary || (/^(?:add_header|\w+_hide_header)$/.test(name ?? '') && CORS_HEADER.test(header))
  })
}

/**
 * Lists lines of the blocks around, which the block inherits today. A block with an `add_header` of
 * its own inherits none, and the fix brings some.
 */
function inherited(config: string, { home, around }: Place): readonly string[] {
  return [/^add_header$/, /^(?:proxy|fastcgi|uwsgi|scgi|grpc)_hide_header$/].flatMap((kind) => {
    const ofKind = (block: Block) => block.directives.filter(({ words }) => kind.test(words[0] ?? ''))
    if (ofKind(home).length > 0) return []
    const nearest = around.map(ofKind).find((list) => list.length > 0) ?? []
    return nearest.filter(({ words }) => !CORS_HEADER.test(words[1] ?? '')).map((each) => textOf(config, each))
  })
}

/** Finds maps of the same names. Where other blocks use them, they are not ours to replace. */
function mapsToReplace(config: string, { beside, home }: Place, maps: readonly Directive[]): readonly Directive[] {
  const names = new Set(maps.map(({ words }) => words[2] ?? ''))
  const old = beside.filter(({ words }) => words[0] === 'map' && names.has(words[2] ?? ''))
  const gone = [...old, ...corsOf(home)]
  for (const name of old.map(({ words }) => words[2] ?? '')) {
    const used = new RegExp(`\\${name}(?!\\w)`, 'g')
    const uses = Array.from(config.matchAll(used), ({ index }) => index)
    if (uses.some((index) => !gone.some(({ start, end }) => index >= start && index < end)))
      throw new NoPatch(`${name} is used by another block too`)
  }
  return old
}

function ruleText(fix: string, rule: Directive, home: Block): string {
  const passed = home.directives.map(({ words }) => HIDES[words[0] ?? '']).find((name) => name !== undefined)
  const text = textOf(fix, rule)
  return passed === undefined ? text : text.replace(/^proxy_hide_header/, passed)
}

function textOf(source: string, { start, end }: Directive): string {
  return source.slice(start, end)
}

/** Extends a directive to its lines, if nothing else stands on them. */
function wholeLines(config: string, { start, end }: Directive): Edit {
  const lineStart = config.lastIndexOf('\n', start - 1) + 1
  const rest = /^[ \t]*(?:#[^\n]*)?(?:\n|$)/.exec(config.slice(end))
  return config.slice(lineStart, start).trim() === '' && rest !== null
    ? { start: lineStart, end: end + rest[0].length, text: '' }
    : { start, end, text: '' }
}

function insertBefore(config: string, { start }: Directive, texts: readonly string[]): Edit {
  const lineStart = config.lastIndexOf('\n', start - 1) + 1
  const lead = config.slice(lineStart, start)
  const indent = lead.trim() === '' ? lead : ''
  const text = texts.map((each) => `${indented(each, indent).trimStart()}\n${indent}`).join('')
  return { start, end: start, text }
}

/** The indentation of the line on which a block ends. */
function indentOf(config: string, { end }: Block): string {
  const line = config.slice(config.lastIndexOf('\n', end - 1) + 1, end)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

/** The place behind the last line of a block, without the blanks before its brace. */
function lineEnd(config: string, { start, end }: Block): number {
  return start + config.slice(start, end).trimEnd().length
}

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `${indent}${line}`))
    .join('\n')
}

function applied(config: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((a, b) => b.start - a.start || b.end - a.end)
  let text = config
  let bound = Infinity
  for (const { start, end, text: put } of inOrder) {
    // A removed line may hold the last character before the inserted ones.
    const stop = Math.min(end, bound)
    text = `${text.slice(0, Math.min(start, stop))}${put}${text.slice(stop)}`
    bound = start
  }
  return text
}
