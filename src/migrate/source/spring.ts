import type { PeerOptions } from '../meaning.ts'
import { lineAt, openingOf } from './brackets.ts'
import { readJvm } from './jvm-literal.ts'
import { NotLiteralError, skip } from './literal.ts'
import { mask } from './mask.ts'
import { NOWHERE, type OptionsPlace, type Slots, type Span, tooMany } from './place.ts'

/** How annotations, registries and setters name the options. */
const NAMES: Readonly<Record<string, string>> = {
  origins: 'allowedOrigins',
  value: 'allowedOrigins',
  originPatterns: 'allowedOriginPatterns',
  methods: 'allowedMethods',
  allowedOrigin: 'allowedOrigins',
  allowedOriginPattern: 'allowedOriginPatterns',
  allowedMethod: 'allowedMethods',
  allowedHeader: 'allowedHeaders',
  exposedHeader: 'exposedHeaders',
}
const OPTION =
  'allowedOrigins?|allowedOriginPatterns?|allowedMethods?|allowedHeaders?|exposedHeaders?|allowCredentials|allowPrivateNetwork|maxAge|applyPermitDefaultValues'

/** An option as it is written: its name, its value, and where the value stands. */
type Entries = [option: string, value: unknown, span?: Span][]

type Found = Pick<OptionsPlace, 'options' | 'slots'>

/**
 * Finds the CORS options of a Java or Kotlin file: `@CrossOrigin`, the chain behind `addMapping`,
 * and what is set on a `CorsConfiguration`.
 */
export function springOptionsIn(text: string): readonly OptionsPlace[] {
  const masked = mask(text, 'javascript')
  const read = (at: number, run: () => Found): OptionsPlace => {
    try {
      return { ...NOWHERE, line: lineAt(text, at), ...run() }
    } catch (error) {
      if (!(error instanceof NotLiteralError)) throw error
      return { ...NOWHERE, line: lineAt(text, error.at), options: null, why: error.message }
    }
  }
  const crowd = tooMany(
    masked.match(/@(?:field:|get:)?CrossOrigin\b|\baddMapping\b|\bCorsConfiguration\(/g)?.length ?? 0,
  )
  if (crowd !== null) return [crowd]
  const annotations = [...masked.matchAll(/@(?:field:|get:)?CrossOrigin\b\s*(\()?/g)].map((found) =>
    read(found.index, () => annotationAt(text, found[1] === undefined ? null : found.index + found[0].length)),
  )
  const mappings = [...masked.matchAll(/\.?addMapping\s*\(/g)].map((found) =>
    read(found.index, () => chainAt(text, found.index + found[0].length)),
  )
  const beans = [...masked.matchAll(/(?:(\w+)\s*(?::\s*\w+\s*)?=\s*)?(?:new\s+)?(?:\w+\.)*CorsConfiguration\(\)/g)]
  const configurations = beans.map((found, i) =>
    read(found.index, () => {
      const end = beans[i + 1]?.index ?? text.length
      return settingsOf(text, masked, found[1] ?? null, found.index + found[0].length, end)
    }),
  )
  return [...annotations, ...mappings, ...configurations].sort((a, b) => a.line - b.line)
}

/** Makes options of what was read. Of a list that is added to, all entries count. */
function optionsOf(entries: Entries): PeerOptions {
  const options: Record<string, unknown> = {}
  for (const [name, value] of entries) {
    const option = NAMES[name] ?? name
    const isList = /^(?:allowedO|allowedM|allowedH|exposed)/.test(option)
    const known = options[option]
    const isAdded = name !== option && Array.isArray(known)
    options[option] = !isList ? value : isAdded ? [...known, value].flat() : [value].flat()
  }
  return options
}

/** Finds where each option is written. One that is set twice is listed apart. */
function slotsOf(entries: Entries, end: number, form: Slots['form'], subject?: string): Slots {
  const spans = new Map<string, Span>()
  const scattered = new Set<string>()
  for (const [name, , span] of entries) {
    if (span === undefined) continue
    const option = NAMES[name] ?? name
    // `addAllowedOrigin` adds one entry, and others may add more.
    if (spans.has(option) || (form === 'setter' && option !== name)) scattered.add(option)
    spans.set(option, span)
  }
  return {
    ...{ values: Object.fromEntries(spans), scattered: [...scattered], end, form },
    ...(subject === undefined ? {} : { subject }),
  }
}

function annotationAt(text: string, open: number | null): Found {
  const entries: Entries = [['applyPermitDefaultValues', true]]
  let isBare = open === null
  let last = open ?? 0
  let at = open === null ? -1 : skip(text, open, 'javascript')
  while (at >= 0 && text.charAt(at) !== ')') {
    const name = /^(\w+)\s*=\s*/.exec(text.slice(at, at + 60))
    const begin = at + (name?.[0].length ?? 0)
    const { value, end } = readJvm(text, begin)
    const option = name?.[1] ?? 'origins'
    // One value without a name can have no other beside it.
    isBare ||= name === null
    if (!/^maxAge$/.test(option) || Number(value) >= 0) entries.push([option, value, [begin, end]])
    last = end
    at = skip(text, end, 'javascript')
    if (text.charAt(at) === ',') at = skip(text, at + 1, 'javascript')
    else if (text.charAt(at) !== ')') throw new NotLiteralError(at, 'this argument is not written out')
  }
  const slots = slotsOf(entries, last, 'annotation')
  const scattered = isBare ? OPTION.split('|').filter((name) => !Object.hasOwn(slots.values, name)) : slots.scattered
  return { options: optionsOf(entries), slots: { ...slots, scattered } }
}

/** Reads arguments up to the closing bracket: one value, or the entries of a list. */
function argumentsAt(text: string, open: number): { values: readonly unknown[]; end: number } {
  const values: unknown[] = []
  let at = skip(text, open, 'javascript')
  while (text.charAt(at) !== ')') {
    // Kotlin passes a list on with a star.
    const { value, end } = readJvm(text, text.charAt(at) === '*' ? at + 1 : at)
    values.push(value)
    at = skip(text, end, 'javascript')
    if (text.charAt(at) === ',') at = skip(text, at + 1, 'javascript')
    else if (text.charAt(at) !== ')') throw new NotLiteralError(at, 'this argument is not written out')
  }
  return { values, end: at + 1 }
}

function chainAt(text: string, open: number): Found {
  const first = argumentsAt(text, open)
  const entries: Entries = [
    ['applyPermitDefaultValues', true],
    ['mapping', first.values[0]],
  ]
  let last = first.end
  for (let at = skip(text, first.end, 'javascript'); text.charAt(at) === '.'; ) {
    const name = /^\.\s*(\w+)\s*\(/.exec(text.slice(at, at + 80))
    if (name === null) throw new NotLiteralError(at, 'this call is not read')
    const begin = at + name[0].length
    const { values, end } = argumentsAt(text, begin)
    const isList = !/^(?:allowCredentials|allowPrivateNetwork|maxAge)$/.test(name[1] ?? '')
    entries.push([name[1] ?? '', isList ? values.flat() : values[0], [begin, end - 1]])
    last = end
    at = skip(text, end, 'javascript')
  }
  return { options: optionsOf(entries), slots: slotsOf(entries, last, 'chain') }
}

/** Reads `config.setX(…)`, `config.addX(…)`, and `config.x = …` or `apply { x = … }` of Kotlin. */
function settingsOf(text: string, masked: string, name: string | null, from: number, to: number): Found {
  const entries: Entries = []
  let last = from
  const range = masked.slice(from, to)
  if (/^\s*\.\s*applyPermitDefaultValues\(/.test(range)) entries.push(['applyPermitDefaultValues', true])
  const block = /^\s*\.\s*(?:apply|also)\s*\{/.test(range)
  const subject = name === null || block ? '(?:it\\.|this\\.)?' : `(?<![\\w.])${name}\\s*\\.\\s*`
  const setter = `(?:(?:set|add)(?<set>[A-Z]\\w+)|(?<apply>applyPermitDefaultValues))\\s*\\(`
  const pattern = new RegExp(`(?<![\\w.])${subject}(?:${setter}|(?<field>${OPTION})\\s*=(?!=))`, 'g')
  for (const found of range.matchAll(pattern)) {
    const behind = from + found.index + found[0].length
    const { set, apply, field } = found.groups ?? {}
    if (apply !== undefined) entries.push(['applyPermitDefaultValues', true])
    else if (field !== undefined) {
      const { value, end } = readJvm(text, behind)
      entries.push([field, value, [skip(text, behind, 'javascript'), end]])
    } else if (set !== undefined) {
      const option = set.charAt(0).toLowerCase() + set.slice(1)
      if (!new RegExp(`^(?:${OPTION})$`).test(option)) continue
      const { values, end } = argumentsAt(text, behind)
      entries.push([option, values[0], [behind, end - 1]])
      const rest = /^[^\n]*/.exec(text.slice(end))?.[0].trimEnd().length ?? 0
      last = end + (masked.charAt(end) === ';' ? 1 : 0) + (rest > 1 ? rest - 1 : 0)
    }
  }
  const registered = new RegExp(`registerCorsConfiguration\\s*\\((?=[^;]*\\b${name ?? 'CorsConfiguration'}\\b)`).exec(
    range,
  )
  if (registered !== null) {
    const { value } = readJvm(text, from + registered.index + registered[0].length)
    entries.push(['mapping', value])
  } else if (name === null && openingOf(masked, from, '(', ')') >= 0) {
    const call = openingOf(masked, from, '(', ')')
    if (/registerCorsConfiguration\s*$/.test(masked.slice(0, call)))
      entries.push(['mapping', readJvm(text, call + 1).value])
  }
  const holder = block || last === from ? undefined : (name ?? undefined)
  return { options: optionsOf(entries), slots: slotsOf(entries, last, 'setter', holder) }
}
