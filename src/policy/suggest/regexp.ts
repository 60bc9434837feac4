import { LONGEST_REGEXP } from '../limits.ts'
import { tryOr } from '../values.ts'

/**
 * Translates a regular expression into the entry that it probably means. Returns null if one entry
 * cannot express it.
 *
 * `/^https:\/\/.*\.example\.com$/` becomes `https://*.example.com`. So does `/example\.com$/`,
 * whose open start is hardly meant.
 */
export function originOfRegExp(source: string): string | null {
  const start = source.startsWith('^')
  const text = source
    .replaceAll('(?:', '(')
    .replaceAll(ANCHORS, '')
    .replace(/^\(([^()|]*)\)$/, '$1')
    .replace(/^\(https\??:\\?\/\\?\/\)\??/, 'https://')
    .replace(/^\(?https\?\)?(?=:)/, 'https')
    .replace(/^\((?:https\|http|http\|https)\)/, 'https')
    .replace(/\(\\\/\.\*\)\?$|\\\/\?$|\\\/\.\*$/, '')
    .replace(/\(?:(?:\\d|\[0-9\])(?:[+*]|\{[^}]*\})\)?\??$/, ':*')
    .replaceAll(VARIABLE, (_, dot: string | undefined) => (dot === undefined ? '*' : '*.'))
    .replace(/^(?:https:)?\*(?=\*)/, '')
    .replaceAll(/\\([^\w\s])/g, '$1')
  if (text === '*') return '*'
  if (/[\\^$()[\]{}|?+]/.test(text)) return null
  // With an optional "s", a local development server is meant.
  if (/^https:\/\/localhost\b/.test(text) && source.includes('s?')) return text.replace('https', 'http')
  if (text.includes('://')) return text.replace(/^\*+/, '')
  const host = text.replace(/^[*.]+/, '').replaceAll(/^\/\/|\*$/g, '')
  if (/^(?:localhost|127\.)/.test(host)) return `http://${host.replace(/:.*$/, '')}:*`
  if (!host.includes('.')) return null
  return start && text === host ? `https://${host}` : `https://*.${host}`
}

/**
 * Returns the source of a regular expression, and '' for one that is too long to translate. Returns
 * null for any other value, including a proxy that throws.
 */
export function regExpSource(value: unknown): string | null {
  return tryOr(() => {
    if (!(value instanceof RegExp)) return null
    const { source } = value
    return typeof source === 'string' && source.length <= LONGEST_REGEXP ? source : ''
  }, null)
}

/** Matches the first and the last character of an expression that means a whole text. */
const ANCHORS = /^\^|\$$/g

/** Matches a part with variable text: `.*`, `[^.]+`, `([a-z0-9-]+\.)?`. */
const VARIABLE = /\(?(?:\.|\\w|\\S|\[[^\]]*\])(?:[*+]|\{[^}]*\})\??\)?(\\\.)?\)?[?*+]?/g

/**
 * Translates a regular expression into the header name or name pattern that it probably means, or
 * null.
 */
export function nameOfRegExp(source: string): string | null {
  const text = source
    .replaceAll(ANCHORS, '')
    .replace(/(?:\.|\\w|\[[^\]]*\])[*+]$/, '*')
    .replaceAll('\\-', '-')
  const name = source.endsWith('$') || text.endsWith('*') ? text : `${text}*`
  return /^[\w-]+\*?$/.test(name) ? name : null
}
