/// <reference types="node" />
import { readFileSync, writeFileSync } from 'node:fs'
import type { Peer } from '../../migrate/peer.ts'
import { REWRITABLE, rewriteSource } from '../../migrate/write/rewrite.ts'
import { readText } from '../files.ts'
import { UsageError } from '../io.ts'
import { writeBeside } from './beside.ts'
import type { Migrated } from './migrated.ts'
import { writeProxy } from './next.ts'
import { type NewText, reasonsOf, refusalOf, type WritePlan } from './plan.ts'

/** What `--write` did. */
export interface WriteOutcome {
  /** The files that were written. */
  readonly written: readonly string[]
  /** What is in the way, each with its place. */
  readonly kept: readonly string[]
}

/**
 * Writes what was migrated: the source files, or the policy beside them where the library runs in
 * another language. A file in which a place is in the way stays as it is, as a whole.
 */
export function writeAll(migrated: readonly Migrated[], peer: Peer, accept: boolean): WriteOutcome {
  const { texts, kept } =
    peer.name === 'next'
      ? writeProxy(migrated, accept)
      : REWRITABLE.includes(peer.name)
        ? rewritten(migrated, peer, accept)
        : writeBeside(migrated, peer, accept)
  const changed = texts.filter(({ path, text }) => textOf(path) !== text)
  // Writing a file back as UTF-8 would damage another encoding. The files of one set-up belong
  // together, so then none of them is written.
  const foreign = changed.filter(({ path }) => !isUtf8(path)).map(({ path }) => `${path}: this file is not UTF-8`)
  if (foreign.length > 0) return { written: [], kept: [...kept, ...foreign] }
  for (const { path, text } of changed) save(path, text)
  return { written: changed.map(({ path }) => path), kept }
}

function rewritten(migrated: readonly Migrated[], peer: Peer, accept: boolean): WritePlan {
  const texts: NewText[] = []
  const kept: string[] = []
  for (const file of new Set(migrated.map((each) => each.file))) {
    const places = migrated.filter((each) => each.file === file)
    const reasons = places.flatMap((each) => reasonsOf(each, accept))
    if (/\.json$/i.test(file)) reasons.push(`${file}: --write changes source files, and this file holds options alone`)
    else if (reasons.length === 0 && places.every(({ place }) => place.span === null && place.whole === null))
      reasons.push(`${file}: other files use what this one exports: the options stay as they are`)
    if (reasons.length > 0) {
      kept.push(...reasons)
      continue
    }
    const rewrites = places.flatMap(({ place, migration }) =>
      migration?.policy == null ? [] : [{ place, policy: migration.policy }],
    )
    try {
      texts.push({ path: file, text: rewriteSource(readText(file), /\.[cm]?tsx?$/i.test(file), peer.name, rewrites) })
    } catch (error) {
      kept.push(refusalOf(file, error))
    }
  }
  return { texts, kept }
}

/** Tells whether a file survives being read and written as text. */
function isUtf8(path: string): boolean {
  try {
    const bytes = readFileSync(path)
    return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)
  } catch {
    return true
  }
}

/** Reads the text of a file, without a byte order mark; null for a file that is not there. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return null
  }
}

/** Writes a file, behind the byte order mark that it had. */
function save(path: string, text: string): void {
  try {
    const hasMark = textOf(path) !== null && readFileSync(path, 'utf8').startsWith('\uFEFF')
    writeFileSync(path, hasMark ? `\uFEFF${text}` : text)
  } catch (error) {
    throw new UsageError(`${path}: cannot be written (${String((error as { code?: unknown }).code)})`)
  }
}
