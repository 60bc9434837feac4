import type { PeerOptions } from '../meaning.ts'
import { NotLiteralError, type Resolve, readWritten, skip } from '../source/literal.ts'
import type { OptionsPlace, Span } from '../source/place.ts'
import { pythonResolverOf } from '../source/resolve.ts'
import { quotedText } from '../source/style.ts'
import { NoRewriteError, type TextEdit } from './edits.ts'

/** The language of a file in which options are changed one by one. */
export type SlotLanguage = 'python' | 'java' | 'kotlin'

/** Writes other values of options into their places, and options that are new behind the last one. */
export function slotEdits(
  text: string,
  { slots, line }: OptionsPlace,
  values: PeerOptions,
  language: SlotLanguage,
): readonly TextEdit[] {
  if (slots === null) throw new NoRewriteError(line, 'these options are not changed here: change them by hand')
  const quote = language === 'python' ? pythonQuote(text) : '"'
  const edits: TextEdit[] = []
  const added: string[] = []
  for (const [name, value] of Object.entries(values)) {
    if (slots.scattered.includes(name))
      throw new NoRewriteError(line, `${name} is set in several places: set it in one`)
    const span = Object.hasOwn(slots.values, name) ? slots.values[name] : undefined
    const write = (old: string, indent: string) =>
      language === 'python' ? pythonValue(value, quote, indent) : jvmValue(name, value, slots.form, old, language)
    if (span !== undefined) edits.push([span[0], span[1], write(text.slice(...span), indentAt(text, span[0]))])
    else added.push(addition(name, write('', indentAt(text, slots.end)), slots.form, slots.subject, quote, line))
  }
  if (added.length === 0) return edits
  return [...edits, [slots.end, slots.end, joined(text, slots.end, added, slots)]]
}

type Form = NonNullable<OptionsPlace['slots']>['form']

function addition(
  name: string,
  value: string,
  form: Form,
  subject: string | undefined,
  quote: string,
  line: number,
): string {
  if (form === 'keyword') return `${name}=${value}`
  if (form === 'dictionary') return `${quote}${name}${quote}: ${value}`
  if (form === 'setting') return `${name} = ${value}`
  if (form === 'chain') return `.${name}(${value})`
  if (form === 'annotation') return `${ANNOTATION[name] ?? name} = ${value}`
  if (subject === undefined)
    throw new NoRewriteError(line, `${name} is to be set too: the configuration has no name here`)
  return `${subject}.set${name.charAt(0).toUpperCase()}${name.slice(1)}(${value});`
}

const ANNOTATION: Readonly<Record<string, string>> = {
  allowedOrigins: 'origins',
  allowedOriginPatterns: 'originPatterns',
  allowedMethods: 'methods',
}

/** Puts additions behind the last option, on lines of their own where the others have such. */
function joined(
  text: string,
  at: number,
  added: readonly string[],
  { form, values }: NonNullable<OptionsPlace['slots']>,
): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const own = `${eol}${indentAt(text, at)}`
  if (form === 'setting' || form === 'setter') return added.map((each) => `${own}${each}`).join('')
  const starts = Object.values(values).map(([start]) => start)
  const isLong = starts.length > 0 && text.slice(Math.min(...starts), at).includes('\n')
  const isOwnLine =
    isLong ||
    /^\s*$/.test(
      text.slice(text.lastIndexOf('\n', at - 1) + 1, Math.min(at, ...starts)).replace(/[\w'"]+\s*[=:]\s*$/, ''),
    )
  if (form === 'chain')
    return added.map((each) => (/\n\s*\.[^\n]*$/.test(text.slice(0, at)) ? own + each : each)).join('')
  const hasOthers = starts.length > 0 || (form === 'keyword' && !/\(\s*$/.test(text.slice(0, at)))
  const gap = isOwnLine && starts.length > 0 ? `,${own}` : ', '
  return (hasOthers ? gap : '') + added.join(gap)
}

function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? ''
}

function pythonQuote(text: string): string {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  return count(/"(?:[^"\\\n]|\\.)*"/g) > count(/'(?:[^'\\\n]|\\.)*'/g) ? '"' : "'"
}

function pythonValue(value: unknown, quote: string, indent: string): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'string')
    return value.includes('\\') && !value.includes(quote) ? `r${quote}${value}${quote}` : quotedText(value, quote)
  if (!Array.isArray(value)) return String(value)
  const entries = value.map((each) => pythonValue(each, quote, indent))
  const short = `[${entries.join(', ')}]`
  if (indent.length + short.length <= 79) return short
  return `[\n${entries.map((each) => `${indent}    ${each},`).join('\n')}\n${indent}]`
}

/** The usual ways to write a list. The one that stands there stays. */
const LIST =
  /^(?:new\s+(?:ArrayList|HashSet)\s*<[^>]*>\s*\(\s*)?(?:List\.(?:<String>)?of|Set\.of|Arrays\.asList|ImmutableList\.of|Lists\.newArrayList|listOf|mutableListOf|setOf|arrayOf)\s*\(/

function jvmValue(name: string, value: unknown, form: Form, old: string, language: SlotLanguage): string {
  const text = (entry: unknown): string => {
    if (form === 'annotation' && name === 'allowedMethods') return `RequestMethod.${String(entry)}`
    return quotedText(String(entry), '"')
  }
  if (!/^(?:allowedO|allowedM|allowedH|exposed)/.test(name)) {
    if (form === 'annotation' && typeof value === 'boolean') return `"${value}"`
    return name === 'maxAge' && form === 'setter' && language === 'java' ? `${String(value)}L` : String(value)
  }
  const entries = [value].flat().map(text).join(', ')
  if (form === 'chain') return entries
  if (form === 'annotation') {
    if (language === 'kotlin') return `[${entries}]`
    return [value].flat().length === 1 ? entries : `{${entries}}`
  }
  const list = LIST.exec(old)?.[0]
  if (list === undefined) return `${language === 'kotlin' ? 'listOf' : 'List.of'}(${entries})`
  return `${list}${entries})${list.startsWith('new') ? ')' : ''}`
}

/**
 * Makes the function that finds where the options of one part of a call are written: those of a path
 * in `resources={path: {…}}` of Flask-CORS stand in a dictionary of their own.
 */
export function slotsByPath(
  text: string,
  { slots, options }: OptionsPlace,
): (part: PeerOptions) => OptionsPlace['slots'] {
  const around = slots?.values.resources
  const { resources } = options ?? {}
  const isSplit = typeof resources === 'object' && resources !== null && !Array.isArray(resources)
  if (slots === null || around === undefined || !isSplit) return () => slots
  const resolve = pythonResolverOf(text)
  const paths = text.charAt(around[0]) === '{' ? entriesOf(text, around, resolve) : new Map<string, Span>()
  return (part) => {
    const own = paths.get(String(part.resources))
    if (own === undefined || text.charAt(own[0]) !== '{') return null
    const values = entriesOf(text, own, resolve)
    const end = Math.max(own[0] + 1, ...[...values.values()].map(([, stop]) => stop))
    return { values: Object.fromEntries(values), scattered: [], end, form: 'dictionary' }
  }
}

/** Lists the entries of a dictionary that is written out, each with the place of its value. */
function entriesOf(text: string, span: Span, resolve: Resolve): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>()
  for (let at = skip(text, span[0] + 1, 'python'); at < span[1] && text.charAt(at) !== '}'; ) {
    try {
      const key = readWritten(text, at, 'python', resolve)
      const begin = skip(text, skip(text, key.end, 'python') + 1, 'python')
      const { end } = readWritten(text, begin, 'python', resolve)
      found.set(String(key.value), [begin, end])
      at = skip(text, end, 'python')
    } catch (error) {
      if (error instanceof NotLiteralError) return new Map()
      throw error
    }
    if (text.charAt(at) === ',') at = skip(text, at + 1, 'python')
  }
  return found
}
