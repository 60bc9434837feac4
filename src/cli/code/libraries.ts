import { peerNamed } from '../../migrate/migrate.ts'
import type { Peer, PeerName } from '../../migrate/peer.ts'
import { findOptions, languageOf } from '../../migrate/source/calls.ts'
import { readText } from '../files.ts'

/** The words of `corsmith import` for libraries whose options are read, and the library of each. */
const LIBRARIES: Readonly<Record<string, PeerName>> = {
  express: 'express',
  'express-cors': 'express',
  nestjs: 'nest',
  hono: 'hono',
  fastify: 'fastify',
  'fastify-cors': 'fastify',
  koa: 'koa',
  flask: 'flask',
  django: 'django',
  spring: 'spring',
}

/** Every word, in the order of messages. */
export const CODE_NAMES: readonly string[] = Object.keys(LIBRARIES)

/** Finds the library of a word; undefined for any other word. */
export function libraryNamed(word: string): Peer | undefined {
  const name = Object.hasOwn(LIBRARIES, word) ? LIBRARIES[word] : undefined
  return name === undefined ? undefined : peerNamed(name)
}

/**
 * Recognizes application code by the library that it uses. A module that names corsmith, or exports
 * a policy, is not application code: it is read as a policy.
 *
 * @returns the word of the library; null for any other file
 */
export function codeLibrary(path: string): string | null {
  const language = languageOf(path)
  if (language === null)
    return /\.properties$|(?:^|[\\/])application[^\\/]*\.ya?ml$/i.test(path) ? bootSettings(path) : null
  const text = readText(path)
  if (language === 'python')
    return /^CORS_[A-Z_]+\s*(?::[^=\n]+)?\+?=|['"]corsheaders/m.test(text)
      ? 'django'
      : /\bflask_cors\b/.test(text)
        ? 'flask'
        : null
  if (/\.(?:java|kts?)$/i.test(path)) return findOptions(text, language, 'spring').length > 0 ? 'spring' : null
  if (/\bcorsmith\b|\bexport\s+const\s+policy\b/.test(text)) return null
  const words = ['express', 'hono', 'fastify', 'koa', 'nestjs'] as const
  return words.find((word) => findOptions(text, language, LIBRARIES[word] ?? 'express').length > 0) ?? null
}

function bootSettings(path: string): string | null {
  return /cors[\s\S]*allowed-?origin/i.test(readText(path)) ? 'spring' : null
}
