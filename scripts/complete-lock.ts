/**
 * Adds to package-lock.json the platform packages that `npm install` left out of it.
 *
 * If a registry lacks the builds of a package for other platforms, `npm install` leaves them out of
 * the lock without a warning, and `npm ci` of npm 11 then refuses the lock. An added entry gets the
 * `integrity` that the registry tells of the package. Where it tells none, the entry has none, and
 * that is said. `npm run lock` runs this, after every change of a dependency.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

interface LockEntry {
  version?: string
  integrity?: string
  link?: boolean
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const FILE = 'package-lock.json'
const SYSTEMS = new Set('aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' '))
const ALIASES: Readonly<Record<string, string>> = {
  windows: 'win32',
  aarch64: 'arm64',
  x86_64: 'x64',
  '64': 'x64',
  x86: 'ia32',
  wasm: 'wasm32',
  'wasm32-wasi': 'wasm32',
}
const PROCESSORS = new Set('arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64'.split(' '))

/** Reads system, processor and C library from a package's name: `@next/swc-linux-x64-musl`. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/@]/).map((word) => ALIASES[word] ?? word)
  const os = words.find((word) => SYSTEMS.has(word))
  const cpu = words.find((word) => PROCESSORS.has(word)) ?? (/arm(eabihf|hf|v7)/.test(name) ? 'arm' : undefined)
  const libc = os !== 'linux' ? undefined : /musl/.test(name) ? 'musl' : /gnu|glibc/.test(name) ? 'glibc' : undefined
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) }
}

/** Finds the entry from which Node would load `name` for the package at `from`. */
function resolve(packages: Record<string, LockEntry>, from: string, name: string): LockEntry | undefined {
  const parts = from === '' ? [] : from.split('/node_modules/')
  for (let depth = parts.length; depth >= 0; depth--) {
    const folder = parts.slice(0, depth).join('/node_modules/')
    const found = packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]
    if (found !== undefined) return found
  }
  return undefined
}

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Record<string, LockEntry> }
const added: string[] = []
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const found = resolve(lock.packages, parent, name)
    const isExact = /^\d/.test(range)
    if (found !== undefined && (!isExact || found.version === range)) continue
    const version = /\d+\.\d+\.\d+[\w.+-]*/.exec(range)?.[0]
    const platform = platformOf(name)
    if (version === undefined || (platform.os === undefined && platform.cpu === undefined)) {
      throw new Error(`${parent}: the platform of ${name}@${range} cannot be told from its name`)
    }
    const isFree = lock.packages[`node_modules/${name}`] === undefined
    const key = isFree ? `node_modules/${name}` : `${parent}/node_modules/${name}`
    lock.packages[key] = {
      version,
      ...(platform.cpu && { cpu: platform.cpu }),
      ...(entry.dev && { dev: true }),
      ...(platform.libc && { libc: platform.libc }),
      optional: true,
      ...(platform.os && { os: platform.os }),
    }
    added.push(`${name}@${version}`)
  }
}
/** Asks the registry for the hash of a package; undefined where it has none. */
function integrityOf(name: string, version: string): string | undefined {
  const { stdout } = spawnSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], { encoding: 'utf8' })
  return /^sha512-[A-Za-z0-9+/]+=*$/.exec(stdout.trim())?.[0]
}

const unknown: string[] = []
for (const [path, entry] of Object.entries(lock.packages)) {
  const name = /.*node_modules\/(?<name>.+)$/.exec(path)?.groups?.name
  if (name === undefined || entry.link || entry.integrity !== undefined || entry.version === undefined) continue
  const integrity = integrityOf(name, entry.version)
  if (integrity === undefined) {
    unknown.push(`${name}@${entry.version}`)
    continue
  }
  const { version, ...rest } = entry
  lock.packages[path] = { version, integrity, ...rest }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${FILE}: ${added.length} platform packages added`)
if (unknown.length > 0) console.log(`without integrity, because the registry tells none: ${unknown.join(', ')}`)
