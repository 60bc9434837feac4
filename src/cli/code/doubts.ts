import type { PeerOptions } from '../../migrate/meaning.ts'
import type { PeerName } from '../../migrate/peer.ts'
import { lineAt, openingOf } from '../../migrate/source/brackets.ts'
import { mask } from '../../migrate/source/mask.ts'

/** A line that may change an option, and the options that it may change; null for every option. */
export interface Doubt {
  readonly line: number
  readonly why: string
  readonly options: readonly string[] | null
}

/**
 * What an option is taken for where its value is not known: the value that allows the least. The
 * library's default may allow more than the value that another file gives.
 */
export const NARROWEST: { readonly [N in PeerName]?: PeerOptions } = {
  django: {
    CORS_ALLOWED_ORIGINS: [],
    CORS_ORIGIN_WHITELIST: [],
    CORS_ALLOWED_ORIGIN_REGEXES: [],
    CORS_ORIGIN_REGEX_WHITELIST: [],
    CORS_ALLOW_ALL_ORIGINS: false,
    CORS_ORIGIN_ALLOW_ALL: false,
    CORS_ALLOW_CREDENTIALS: false,
    CORS_ALLOW_METHODS: [],
    CORS_ALLOW_HEADERS: [],
    CORS_EXPOSE_HEADERS: [],
    CORS_PREFLIGHT_MAX_AGE: 0,
  },
  flask: { origins: [], methods: [], allow_headers: [], expose_headers: [], supports_credentials: false },
}

/** Lists what a Django settings file leaves to other files, and what it changes later. */
export function settingsDoubts(text: string): readonly Doubt[] {
  const masked = mask(text, 'python')
  const wholes = [...masked.matchAll(/^.*(?:\bimport\s+\*|\b(?:globals|locals|vars|exec|setattr)\s*\().*$/gm)]
  const doubts: Doubt[] = wholes.map(({ index }) => ({
    line: lineAt(text, index),
    why: 'this may set any setting: what is not written out behind it counts as not allowed',
    options: settingsOutside(masked, index),
  }))
  for (const found of masked.matchAll(/\bCORS_[A-Z_]+\b/g)) {
    const { index } = found
    const [name] = found
    const before = masked.slice(masked.lastIndexOf('\n', index) + 1, index)
    const after = masked.slice(index + name.length).split('\n', 1)[0] ?? ''
    if (!Object.hasOwn(NARROWEST.django ?? {}, name)) continue
    if (before === '' && /^\s*(?::[^=]+)?=(?!=)/.test(after)) continue
    if (isRead(before, after)) continue
    const isMore = /^\s*(?:\+=|\.(?:append|extend|insert)\()/.test(after) && before.trim() === ''
    const line = lineAt(text, index)
    if (isMore) doubts.push({ line, why: `${name}: what is added here is not read`, options: [] })
    else doubts.push({ line, why: `${name} may change here: it counts as not allowed`, options: [name] })
  }
  return doubts
}

/** The settings that a line may set for good: all that no later line at the margin sets. */
function settingsOutside(masked: string, at: number): readonly string[] {
  // A name on the right side may have another value by now.
  const written = /^(CORS_[A-Z_]+)\s*(?::[^=\n]+)?=\s*(?=[[('"\d]|True|False|None)/gm
  const later = Array.from(masked.slice(at).matchAll(written), ([, name]) => name)
  return Object.keys(NARROWEST.django ?? {}).filter((name) => !later.includes(name))
}

/** `CSRF_TRUSTED_ORIGINS = CORS_ALLOWED_ORIGINS` and `if CORS_ALLOW_ALL_ORIGINS:` change nothing. */
function isRead(before: string, after: string): boolean {
  return (
    (/^\s*\w+\s*\+?=\s*(?:list\(|tuple\(|[[(]\s*\*)?\s*$/.test(before) && /^\s*(?:$|[)\],+])/.test(after)) ||
    (/^\s*(?:el)?if\s+(?:not\s+)?$/.test(before) && /^\s*:/.test(after))
  )
}

/** Flask-CORS takes what a call leaves out from the configuration of the application. */
export function flaskDoubts(text: string): readonly Doubt[] {
  const masked = mask(text, 'python')
  const found = /\.config\b|\.init_app\s*\(/.exec(masked)
  const why = 'options that the call does not give may come from the configuration: they count as not allowed'
  if (found !== null) return [{ line: lineAt(text, found.index), why, options: null }]
  if (/(?<![\w.])(?:flask\.)?Flask\s*\(/.test(masked)) return []
  const call = /(?<![\w.])(?:CORS|cross_origin)\s*\(/.exec(masked)
  return [
    {
      line: call === null ? 1 : lineAt(text, call.index),
      why: `the application is made elsewhere: ${why}`,
      options: null,
    },
  ]
}

/** Tells whether a line runs under a condition: `if (isDev) app.use(cors())`. */
export function runsUnderCondition(text: string, line: number, language: 'python' | 'javascript'): boolean {
  const masked = mask(text, language)
  const rows = masked.split('\n')
  const row = rows[line - 1] ?? ''
  if (leavesBefore(rows, line - 1)) return true
  if (language === 'python') return isIndentedUnder(rows, line - 1)
  if (/^\s*(?:\}?\s*else\b|if\s*\()|&&|\|\||\?(?![.:?])|\bcase\b/.test(row)) return true
  const previous = rows.slice(0, line - 1).findLast((each) => each.trim() !== '') ?? ''
  if (/\bif\s*\(.*\)\s*$|\belse\s*$|(?:&&|\|\||\?)\s*$/.test(previous)) return true
  let at = rows.slice(0, line - 1).join('\n').length
  for (;;) {
    at = openingOf(masked, at, '{', '}')
    if (at < 0) return false
    if (/(?:\b(?:if|switch|while|for)\s*\([^{}]*\)|\belse|\bcatch\b[^{}]*)\s*$/.test(masked.slice(0, at))) return true
  }
}

/** Tells whether the block of a line may end before it: `if (!isDev) return`. */
function leavesBefore(rows: readonly string[], index: number): boolean {
  const own = depthOf(rows[index] ?? '')
  for (let i = index - 1; i >= 0; i--) {
    const row = rows[i] ?? ''
    if (row.trim() === '' || depthOf(row) > own) continue
    if (depthOf(row) < own) return false
    const next = rows.slice(i + 1, index).find((each) => each.trim() !== '') ?? ''
    if (/^\s*(?:\}\s*)?(?:if|elif|else)\b/.test(row) && (LEAVES.test(row) || LEAVES.test(next))) return true
  }
  return false
}

const LEAVES = /\b(?:return|throw|raise)\b/

function depthOf(row: string): number {
  return row.length - row.trimStart().length
}

function isIndentedUnder(rows: readonly string[], index: number): boolean {
  let limit = depthOf(rows[index] ?? '')
  if (/^\s*(?:if|elif|else|for|while|try|except)\b/.test(rows[index] ?? '')) return true
  for (let i = index - 1; i >= 0 && limit > 0; i--) {
    const row = rows[i] ?? ''
    if (row.trim() === '' || depthOf(row) >= limit) continue
    limit = depthOf(row)
    if (/^\s*(?:if|elif|else|for|while|try|except|match|case)\b/.test(row)) return true
  }
  return false
}

/**
 * Tells whether the block around a line of Java or Kotlin decides something, as in a bean that is
 * filled under conditions.
 */
export function hasConditions(text: string, line: number): boolean {
  const masked = mask(text, 'javascript')
  const start = masked
    .split('\n')
    .slice(0, line - 1)
    .join('\n').length
  const open = openingOf(masked, start, '{', '}')
  let depth = 1
  let end = open + 1
  for (; end < masked.length && depth > 0; end++) {
    const letter = masked.charAt(end)
    depth += letter === '{' ? 1 : letter === '}' ? -1 : 0
  }
  return /\b(?:if|switch|when|for|while)\s*[({]/.test(masked.slice(open + 1, end))
}
