/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type FileStyle, policyText, styleOf } from '../../migrate/source/style.ts'
import { edited, NoRewriteError, type TextEdit } from '../../migrate/write/edits.ts'
import { withoutCorsLines } from '../../migrate/write/header-lines.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { readText } from '../files.ts'
import type { Migrated } from './migrated.ts'
import { reasonsOf, refusalOf, type WritePlan } from './plan.ts'
import { proxiesOf } from './proxies.ts'

const PATHS = 'paths that do not match'

/**
 * Plans what to write for Next.js: `proxy.ts` with the policy, and the configuration without its
 * header lines. A file that sets header lines in another way stays as it is.
 */
export function writeProxy(migrated: readonly Migrated[], accept: boolean): WritePlan {
  const kept = migrated.flatMap((each) => reasonsOf(each, accept, PATHS))
  const files = [...new Set(migrated.map(({ file }) => file))]
  const [file] = files
  if (kept.length > 0 || file === undefined) return { texts: [], kept }
  try {
    if (files.length > 1) throw new NoRewriteError(1, 'give one file at a time: a project has one proxy.ts')
    const text = readText(file)
    const edits: TextEdit[] = []
    for (const { place } of migrated) edits.push(...withoutCorsLines(text, place))
    if (/(?<![\w$])(?:basePath|i18n)\s*:/.test(text))
      throw new NoRewriteError(1, 'with basePath or i18n, paths mean something else in proxy.ts: write it by hand')
    const proxy = proxyOf(file, text, migrated)
    return { texts: [{ path: file, text: edited(text, edits) }, proxy], kept }
  } catch (error) {
    return { texts: [], kept: [refusalOf(file, error)] }
  }
}

function proxyOf(file: string, text: string, migrated: readonly Migrated[]) {
  const folder = dirname(file)
  const home = ['app', 'pages'].some((name) => existsSync(join(folder, 'src', name))) ? join(folder, 'src') : folder
  const [there] = proxiesOf(file)
  if (there !== undefined) throw new NoRewriteError(1, `${there.path} exists: put the policy into it by hand`)
  const name = majorOf(folder) < 16 ? 'middleware' : 'proxy'
  const isTyped = /ts$/.test(file) || existsSync(join(folder, 'tsconfig.json'))
  return { path: join(home, `${name}.${isTyped ? 'ts' : 'js'}`), text: proxyText(name, migrated, styleOf(text)) }
}

/** Finds the version of Next.js that the project asks for. */
function majorOf(folder: string): number {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as {
      dependencies?: Record<string, string>
      devDependencies?: Record<string, string>
    }
    const found = /\d+/.exec(dependencies.next ?? devDependencies.next ?? '')
    return found === null ? 16 : Number(found[0])
  } catch {
    return 16
  }
}

interface Entry {
  readonly source: string
  readonly policy: CorsPolicy
  readonly keys: readonly string[]
  readonly line: number
}

function proxyText(name: string, migrated: readonly Migrated[], style: FileStyle): string {
  const { quote: q, semicolon: end, unit, eol } = style
  const entries = migrated.flatMap(({ place, migration }): Entry[] => {
    if (migration?.policy == null) return []
    const { source, headers } = place.options ?? {}
    const keys = (headers as readonly { key: string }[])
      .map(({ key }) => key.toLowerCase())
      .filter((key) => /^access-control-/i.test(key))
    return [{ source: String(source), policy: migration.policy, keys, line: place.line }]
  })
  const sources = entries.map(({ source }) => `${q}${source.replaceAll('\\', '\\\\')}${q}`)
  const [only] = entries
  const lines =
    entries.length === 1 && only !== undefined
      ? [
          `import { proxy as cors } from ${q}corsmith/next${q}${end}`,
          '',
          `export const ${name} = cors(${policyText(only.policy, '', style)})${end}`,
          '',
          `export const config = { matcher: ${sources[0]} }${end}`,
        ]
      : [
          `import { proxy as cors } from ${q}corsmith/next${q}${end}`,
          `import { corsRoutes } from ${q}corsmith/routes${q}${end}`,
          '',
          `export const ${name} = cors(`,
          `${unit}corsRoutes([`,
          ...routesOf(entries).flatMap(({ path, policy }) => [
            `${unit}${unit}{ path: ${q}${path}${q}, policy: ${policyText(policy, unit + unit, style)} },`,
          ]),
          `${unit}]),`,
          `)${end}`,
          '',
          `export const config = { matcher: [${sources.join(', ')}] }${end}`,
        ]
  return lines.join(eol) + eol
}

/** Orders entries as routes. Of two that cover a path, Next.js takes each line from the last one. */
function routesOf(entries: readonly Entry[]): readonly { path: string; policy: CorsPolicy }[] {
  const routes = entries.map((entry) => ({ ...entry, path: pathOf(entry) }))
  for (const [i, later] of routes.entries())
    for (const earlier of routes.slice(0, i)) {
      const isInside = covers(earlier.path, later.path) && earlier.keys.every((key) => later.keys.includes(key))
      if ((covers(earlier.path, later.path) || covers(later.path, earlier.path)) && !isInside)
        throw new NoRewriteError(
          later.line,
          `${later.source} and ${earlier.source} cover the same paths: join them first`,
        )
    }
  return routes.toReversed()
}

function covers(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.endsWith('/*') && `${narrow}/`.startsWith(wide.slice(0, -1)))
}

/** Writes a source as the path of a route: `/api/:path*` is `/api/*`. */
function pathOf({ source, line }: Entry): string {
  const path = source.replace(/\/(?::\w+\*|\(\.\*\)|:\w+\(\.\*\))$/, '/*')
  if (!/^(?:\/(?:[\w.~-]+|:\w+))*(?:\/\*|\/)?$/.test(path))
    throw new NoRewriteError(line, `the source ${source} cannot be the path of a route: write proxy.ts by hand`)
  return path
}
