import { type Literal, NotLiteralError, readWritten, skip } from './literal.ts'
import { mask } from './mask.ts'

const LISTS =
  /^(?:new\s+(?:ArrayList|HashSet)\s*<[^>]*>\s*\(\s*)?(?:List\.of|Set\.of|Arrays\.asList|Collections\.singletonList|Collections\.singleton|ImmutableList\.of|Lists\.newArrayList|listOf|mutableListOf|setOf|arrayOf|emptyList|List\.<String>of)\s*\(|^new\s+String\s*\[\s*\]\s*\{|^[{[]/
const UNITS: Readonly<Record<string, number>> = { Seconds: 1, Minutes: 60, Hours: 3600, Days: 86_400 }

/**
 * Reads a value that is written out in Java or Kotlin: texts, numbers, lists in their usual forms,
 * methods as constants, durations, and constants of the same file. Nothing is run.
 *
 * @throws {NotLiteralError} where the value depends on anything else
 */
export function readJvm(text: string, start: number, depth = 0): Literal {
  const at = skip(text, start, 'javascript')
  const rest = text.slice(at, at + 4000)
  if (depth > 20) throw new NotLiteralError(at, 'not a value that is written out')
  const list = LISTS.exec(rest)
  if (list !== null) return readItems(text, at + list[0].length, list[0], depth)
  if (rest.startsWith('"')) return readText(text, at, depth)
  const number = /^-?\d[\d_]*(?:\s*\*\s*\d[\d_]*)*L?\b/.exec(rest)
  if (number !== null) {
    const factors = number[0]
      .replaceAll(/[L_\s]/g, '')
      .split('*')
      .map(Number)
    return ended(
      text,
      factors.reduce((a, b) => a * b),
      at + number[0].length,
    )
  }
  const method = /^(?:\w+\.)*(?:RequestMethod|HttpMethod)\.([A-Z]+)(?:\.name(?:\(\))?|\.toString\(\))?/.exec(rest)
  if (method !== null) return ended(text, method[1], at + method[0].length)
  if (/^CorsConfiguration\.ALL\b/.test(rest)) return ended(text, '*', at + 'CorsConfiguration.ALL'.length)
  const duration = /^Duration\.of(Seconds|Minutes|Hours|Days)\(\s*(\d+)L?\s*\)(?:\.(?:getSeconds|toSeconds)\(\))?/.exec(
    rest,
  )
  if (duration !== null)
    return ended(text, Number(duration[2]) * (UNITS[duration[1] ?? ''] ?? 1), at + duration[0].length)
  const word = /^(?:true|false)\b/.exec(rest)?.[0]
  if (word !== undefined) return ended(text, word === 'true', at + word.length)
  const name = /^[A-Za-z_]\w*(?=\s*[,)};\]\n])/.exec(rest)?.[0]
  if (name === undefined) throw new NotLiteralError(at, 'not a value that is written out')
  return { value: readJvm(text, declarationOf(text, name, at), depth + 1).value, end: at + name.length }
}

/** A value ends where an argument, a list or a statement does. A calculation goes on. */
function ended(text: string, value: unknown, end: number): Literal {
  if (/^\s*[.+\-*/?&|]/.test(text.slice(end, end + 40).replace(/^\s*\/[/*]/, ';')))
    throw new NotLiteralError(end, 'not a value that is written out')
  return { value, end }
}

/** Texts may be joined by `+`. */
function readText(text: string, start: number, depth: number): Literal {
  if (text.startsWith('"""', start)) throw new NotLiteralError(start, 'a text block is not read')
  const { value, end } = readWritten(text, start, 'javascript')
  // Kotlin fills in `$name`, and so does `@Value("${name}")` of Spring.
  if (/\$[{\w]/.test(String(value)))
    throw new NotLiteralError(start, `${JSON.stringify(value)} is filled in when it runs`)
  const plus = skip(text, end, 'javascript')
  if (text.charAt(plus) !== '+') return ended(text, value, end)
  const next = readJvm(text, plus + 1, depth + 1)
  return { value: String(value) + String(next.value), end: next.end }
}

function readItems(text: string, start: number, head: string, depth: number): Literal {
  const close = head.endsWith('{') ? '}' : head.endsWith('[') ? ']' : ')'
  const list: unknown[] = []
  let at = skip(text, start, 'javascript')
  while (text.charAt(at) !== close) {
    const item = readJvm(text, at, depth + 1)
    list.push(item.value)
    at = skip(text, item.end, 'javascript')
    if (text.charAt(at) === ',') at = skip(text, at + 1, 'javascript')
    else if (text.charAt(at) !== close) throw new NotLiteralError(at, 'the list is not written out')
  }
  // `new ArrayList<>(List.of(…))` has one bracket more.
  const end = /^new\s+(?:ArrayList|HashSet)/.test(head) ? skip(text, at + 1, 'javascript') : at
  return ended(text, list.flat(), end + 1)
}

function declarationOf(text: string, name: string, at: number): number {
  const pattern = new RegExp(`(?<![\\w.])${name}\\s*(?::\\s*[\\w<>?, ]+)?\\s*=(?!=)\\s*`, 'g')
  const [only, ...others] = [...mask(text, 'javascript').matchAll(pattern)]
  if (only === undefined || others.length > 0)
    throw new NotLiteralError(at, `${name} is not written out in this file, or is changed later`)
  return only.index + only[0].length
}
