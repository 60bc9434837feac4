/** Applications that import a compiled policy of ten origins, and the empty modules of their size class. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MODULE = 'test/bench/compiled/cors.js'
/** The same policy, checked when it is loaded. */
const CHECKED = `import { createCors } from 'corsmith'
import policy from './policy.json' with { type: 'json' }
export const cors = createCors(policy)
`

/** Modules that are imported whole, by what they are. */
export interface CompiledApps {
  /** What `corsmith compile js` wrote, which imports the package. */
  readonly compiled: string
  /** As many files of as many bytes, found in the same way, that do nothing. */
  readonly sameClass: string
  /** The same policy, which the package checks. */
  readonly checked: string
  /** One file of as many bytes as all of them, that does nothing. */
  readonly oneFile: string
}

/** Writes the applications into a folder, each with a package in its `node_modules`. `buildPackage` has to be called before. */
export function writeCompiledApps(folder: string): CompiledApps {
  const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
  const code = read(MODULE)
  const files = filesFrom('dist/src/runtime.js')
  const write = (app: string, main: string, used: readonly string[], textOf: (text: string) => string): string => {
    const put = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, app, path)), { recursive: true })
      writeFileSync(join(folder, app, path), text)
    }
    for (const file of used) put(join('node_modules/corsmith', file), textOf(read(file)))
    put('node_modules/corsmith/package.json', read('package.json'))
    put('package.json', '{ "type": "module" }\n')
    put('policy.json', read('test/bench/compiled/policy.json'))
    put('cors.js', textOf(main))
    return join(folder, app, 'cors.js')
  }
  const oneFile = join(folder, 'one-file.mjs')
  writeFileSync(oneFile, filled('', [code, ...files.map(read)].join('').length))
  return {
    compiled: write('compiled', code, files, (text) => text),
    sameClass: write('same-class', code, files, hollow),
    checked: write('checked', CHECKED, filesFrom('dist/src/index.js'), (text) => text),
    oneFile,
  }
}

/** Gives a file of the package and those that it imports. */
function filesFrom(file: string, found: readonly string[] = []): readonly string[] {
  if (found.includes(file)) return found
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(/ from "(\.[^"]+)"/g)]
    .map(([, path = '']) => join(dirname(file), path))
    .reduce<readonly string[]>((known, next) => filesFrom(next, known), [...found, file])
}

const IMPORT = /^(?:import|export) .* from .*$/gm

/** Keeps what a module imports and exports. The rest of its bytes becomes functions that are never called. */
function hollow(text: string): string {
  const linked = text.match(IMPORT)?.join('\n') ?? ''
  const own = text.replaceAll(IMPORT, '')
  const names = [...own.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name)
  const listed = /^export \{([^}]*)\}/m.exec(own)?.[1]?.split(',') ?? []
  names.push(...listed.map((one) => one.trim().split(' as ').at(-1)))
  const exported = names.map((name) => `nothing as ${name}`).join(', ')
  return filled(`${linked}\nconst nothing = undefined;\nexport { ${exported} };\n`, text.length)
}

/** Fills a text up to a size. */
function filled(text: string, bytes: number): string {
  let all = text
  for (let i = 0; all.length < bytes; i++)
    all += `function f${i}(a, b) {\n\tif (a === b) return "${'x'.repeat(40)}";\n\treturn [a, b];\n}\n`
  return all
}
