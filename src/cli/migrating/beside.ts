/// <reference types="node" />
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { PeerOptions } from '../../migrate/meaning.ts'
import type { Peer } from '../../migrate/peer.ts'
import { correctedOptions } from '../../migrate/write/correct.ts'
import { edited, type TextEdit } from '../../migrate/write/edits.ts'
import { slotEdits } from '../../migrate/write/slots.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { readJson, readText } from '../files.ts'
import { meantBy } from './meant.ts'
import type { Migrated } from './migrated.ts'
import { type NewText, reasonsOf, refusalOf, type WritePlan } from './plan.ts'

/** The change that a file of routes does not have, because a route has a path. */
const PATHS = 'paths that do not match'

/**
 * Plans what to write for a library of another language: the policy as `policy.json` beside the
 * first file, and the options in the source files, corrected where pages would notice the policy.
 */
export function writeBeside(migrated: readonly Migrated[], peer: Peer, accept: boolean): WritePlan {
  const texts: NewText[] = []
  const kept = migrated.flatMap((each) => reasonsOf(each, accept, PATHS))
  if (kept.length > 0) return { texts, kept }
  const [first] = migrated
  const path = join(dirname(first?.file ?? '.'), 'policy.json')
  const policy = policyFor(migrated, peer.name !== 'spring')
  if (typeof policy === 'string') kept.push(policy)
  else if (!existsSync(path)) texts.push({ path, text: `${JSON.stringify(policy, null, 2)}\n` })
  else if (!isDeepStrictEqual(readJson(path), policy))
    kept.push(`${path}: this file holds another policy, and is left as it is: corsmith diff compares them`)
  for (const file of new Set(migrated.map((each) => each.file))) {
    if (/\.json$/i.test(file)) continue
    try {
      texts.push({
        path: file,
        text: corrected(
          file,
          migrated.filter((each) => each.file === file),
          peer,
        ),
      })
    } catch (error) {
      kept.push(refusalOf(file, error))
    }
  }
  return { texts, kept }
}

function corrected(file: string, migrated: readonly Migrated[], peer: Peer): string {
  const text = readText(file)
  const language = /\.py$/i.test(file) ? 'python' : /\.kts?$/i.test(file) ? 'kotlin' : 'java'
  const edits: TextEdit[] = []
  for (const { place, migration } of migrated) {
    const { options } = place
    if (options === null || migration?.policy == null) continue
    const { policy } = migration
    const { options: right, changed } = correctedOptions(peer, options, policy, meantBy(peer, options, policy))
    if (changed.length === 0) continue
    const values: PeerOptions = Object.fromEntries(changed.map((name) => [name, right[name]]))
    edits.push(...slotEdits(text, place, values, language))
  }
  return edited(text, edits)
}

/** Joins policies: one for every path, or a route for each path. A text says why they cannot be joined. */
function policyFor(migrated: readonly Migrated[], isBegin: boolean): unknown {
  const routes = new Map<string, CorsPolicy>()
  for (const { file, place, migration } of migrated) {
    if (migration?.policy == null) continue
    const path = routeOf(migration.paths, isBegin)
    if (path === null)
      return `${file}:${place.line}: policy.json is not written: no route has the path ${JSON.stringify(migration.paths)}`
    const known = routes.get(path)
    if (known !== undefined && !isDeepStrictEqual(known, migration.policy))
      return `${file}:${place.line}: policy.json is not written: two places have different options for ${path}`
    routes.set(path, migration.policy)
  }
  const everywhere = routes.get('/*')
  if (everywhere !== undefined && routes.size === 1) return everywhere
  routes.delete('/*')
  // The first route that matches answers, so the longer path comes first.
  const ordered = [...routes].sort(([a], [b]) => b.length - a.length || a.localeCompare(b))
  return { routes: ordered.map(([path, policy]) => ({ path, policy })), else: everywhere ?? null }
}

/**
 * Reads the path of a route from what a library matches paths with; null for other expressions.
 *
 * @param isBegin whether the expression matches every path that begins so, as in Python
 */
export function routeOf(paths: string | undefined, isBegin = false): string | null {
  if (paths === undefined) return '/*'
  const text = paths.replace(/^\^/, '').replace(/\$$/, '')
  if (/^(?:\/?\.?\*|\/\(\.\*\)|\.\*)$/.test(text) || (isBegin && text === '/')) return '/*'
  const [, fixed, rest] = /^((?:\/[\w~-]+(?:\\?\.[\w~-]+)*)+)(\/?(?:\.?\*|\(\.\*\)|:\w+\*)|\/)?$/.exec(text) ?? []
  if (fixed === undefined) return null
  const isOpen = rest !== undefined || (isBegin && !paths.endsWith('$'))
  return fixed.replaceAll('\\', '') + (isOpen ? '/*' : '')
}
