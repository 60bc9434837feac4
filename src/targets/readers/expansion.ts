/** A regular expression as far as it is a list: its alternatives, with the parts that vary in each. */
export interface Expansion {
  /** Every alternative. `*` stands for text that may hold any labels. */
  readonly texts: readonly string[]
  readonly startsOpen: boolean
  readonly endsOpen: boolean
  /** Whether an unescaped dot matches any character. */
  readonly hasLooseDot: boolean
}

/** The largest number of alternatives. A longer list is refused. */
const MOST = 128
/** A longer expression is refused. */
const LONGEST = 4_000

interface State {
  readonly source: string
  at: number
  hasLooseDot: boolean
}

/**
 * Expands a regular expression into the texts that it matches. Understood are escaped and plain
 * characters, alternatives, an optional part, and `.*` or `.+` in the place of labels.
 *
 * @param source The expression.
 * @returns The expansion; null for an expression that holds more.
 */
export function expand(source: string): Expansion | null {
  if (source.length > LONGEST) return null
  const startsOpen = !source.startsWith('^')
  const endsOpen = !source.endsWith('$') || source.endsWith('\\$')
  const state: State = {
    source: source.slice(startsOpen ? 0 : 1, endsOpen ? undefined : -1),
    at: 0,
    hasLooseDot: false,
  }
  const texts = alternatives(state)
  if (texts === null || state.at < state.source.length || texts.length === 0) return null
  return { texts: [...new Set(texts)], startsOpen, endsOpen, hasLooseDot: state.hasLooseDot }
}

function alternatives(state: State): readonly string[] | null {
  let found: readonly string[] = []
  for (;;) {
    const one = sequence(state)
    if (one === null) return null
    found = [...found, ...one]
    if (found.length > MOST) return null
    if (state.source[state.at] !== '|') return found
    state.at++
  }
}

function sequence(state: State): readonly string[] | null {
  let texts: readonly string[] = ['']
  while (state.at < state.source.length && !'|)'.includes(state.source[state.at] ?? '')) {
    const part = piece(state)
    if (part === null) return null
    texts = texts.flatMap((text) => part.map((more) => text + more))
    if (texts.length > MOST) return null
  }
  return texts
}

/** Parts that match at least every label that a policy's `*` matches. */
const ANY = /^(?:\.|\[\^\/\]|\[\^\/\s\]|\\S)[*+]\??/

function piece(state: State): readonly string[] | null {
  const rest = state.source.slice(state.at)
  const any = ANY.exec(rest)
  if (any !== null) {
    state.at += any[0].length
    return ['*']
  }
  const part = atom(state)
  if (part === null) return null
  const next = state.source[state.at]
  if (next === '?') {
    state.at++
    return ['', ...part]
  }
  // A repetition is not a list.
  return next === '*' || next === '+' || next === '{' ? null : part
}

function atom(state: State): readonly string[] | null {
  const character = state.source[state.at] ?? ''
  if (character === '(') {
    state.at += /^\((?:\?:)?/.exec(state.source.slice(state.at))?.[0].length ?? 1
    if (state.source[state.at] === '?') return null
    const inner = alternatives(state)
    if (inner === null || state.source[state.at] !== ')') return null
    state.at++
    return inner
  }
  if (character === '\\') {
    const escaped = state.source[state.at + 1] ?? ''
    state.at += 2
    return /[a-z0-9]/i.test(escaped) || escaped === '' ? null : [escaped]
  }
  if (/[[\]{}^$*+?)]/.test(character)) return null
  state.at++
  if (character === '.') state.hasLooseDot = true
  return [character]
}
