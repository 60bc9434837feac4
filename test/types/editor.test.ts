import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript-5.9'
import { describe, expect, it, vi } from 'vitest'
import { OPTIONS } from '../../src/policy/options.ts'
import { CASES } from './compile.ts'

// Many runs, or a compiler's: slower on a busy machine than a unit test may be.
vi.setConfig({ testTimeout: 60_000 })

const FILE = join(CASES, 'editor.ts')
const ADAPTERS = join(import.meta.dirname, '../../adapters')
const HEAD = `import { createCors } from '../../../src/index.ts'\nimport { cors } from '../../../adapters/hono.ts'\n`

/** Parses each file of the sources once for all editors. */
const REGISTRY = ts.createDocumentRegistry()

/** An editor with one open file, in which `|` is the cursor. */
function editor(text: string): { service: ts.LanguageService; at: number } {
  const at = HEAD.length + text.indexOf('|')
  const content = HEAD + text.replace('|', '')
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  }
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => [FILE],
    // The registry keeps a file by its version.
    getScriptVersion: (name) => (name === FILE ? content : '1'),
    getScriptSnapshot: (name) => {
      const source = name === FILE ? content : ts.sys.readFile(name)
      return source === undefined ? undefined : ts.ScriptSnapshot.fromString(source)
    },
    getCurrentDirectory: () => CASES,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === FILE || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  }
  return { service: ts.createLanguageService(host, REGISTRY), at }
}

/** What an editor says about the file, each message in one line. */
function diagnostics(text: string): string {
  const { service } = editor(`${text}|`)
  return service
    .getSemanticDiagnostics(FILE)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
    .join('\n')
}

/** One call of each function that takes a policy: an adapter with a literal, and what it adds. */
const CALLS: readonly (readonly [string, string])[] = readdirSync(ADAPTERS)
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => {
    const text = readFileSync(join(ADAPTERS, file), 'utf8')
    const names = Array.from(
      text.matchAll(/^export function (\w+)<const P extends PolicyInput/gm),
      ([, name = '']) => name,
    )
    return names.map((name) => [file, name] as const)
  })

function completions(text: string): string[] {
  const { service, at } = editor(text)
  return service.getCompletionsAtPosition(FILE, at, {})?.entries.map(({ name }) => name) ?? []
}

function documentation(text: string): string {
  const { service, at } = editor(text)
  return ts.displayPartsToString(service.getQuickInfoAtPosition(FILE, at)?.documentation)
}

describe('an editor', () => {
  it('completes the options of createCors()', () => {
    const names = completions(`createCors({ origins: ['https://a.com'], | })`)
    expect(names).toEqual(
      expect.arrayContaining(['credentials', 'methods', 'requestHeaders', 'exposedHeaders', 'maxAge', 'refused']),
    )
    expect(names).not.toContain('origin')
  })

  it('completes the first option', () => {
    expect(completions('createCors({ | })')).toContain('origins')
  })

  it('completes the values of an option', () => {
    expect(completions(`createCors({ origins: ['https://a.com'], refused: '|' })`)).toEqual(
      expect.arrayContaining(['pass', 'forbid']),
    )
  })

  it.each(CALLS)('completes the options of a policy in %s, %s(), and nothing else', (file, name) => {
    const head = `import { ${name} as call } from '../../../adapters/${file}'\n`
    expect(completions(`${head}call({ | })`).toSorted()).toEqual(Object.keys(OPTIONS).toSorted())
  })

  it('completes nothing but options in createCors()', () => {
    expect(completions('createCors({ | })').toSorted()).toEqual(Object.keys(OPTIONS).toSorted())
  })

  it.each(['createCors({ o| })', 'cors({ o| })', `cors({ origins: ['https://a.com'], max| })`, 'cors({ orgin| })'])(
    'offers options, and no sentence, while a name is typed: %s',
    (text) => {
      expect(completions(text)).toContain('credentials')
      expect(completions(text).filter((name) => name.includes('✖'))).toEqual([])
    },
  )

  it.each(['origins: o|', 'origins: [o|]', `origins: ['https://a.com'], maxAge: o|`, `origins: '*', methods: [o|]`])(
    'offers no sentence while a value is typed: %s',
    (text) => {
      expect(completions(`createCors({ ${text} })`).filter((name) => name.includes('✖'))).toEqual([])
    },
  )

  it.each(['createCors({})', 'cors({})', `createCors({ methods: ['PUT'] })`, `cors({ methods: ['PUT'] })`])(
    'says the sentence about origins for %s',
    (call) => {
      expect(diagnostics(call)).toContain('required in type \'{ readonly origins: "✖ a policy names its origins;')
    },
  )

  it('takes a ready policy and a function, also where the compiler knows only that it is one of them', () => {
    const head = 'const cases = [createCors({ origins: "*" }), () => createCors({ origins: "*" })]\n'
    const calls = 'for (const source of cases) cors(source)\ncors((c) => createCors({ origins: [c.req.url] }))'
    expect(diagnostics(head + calls)).toBe('')
  })

  it('shows the documentation of every option', () => {
    const options = Object.keys(OPTIONS)
    const values: Record<string, string> = {
      origins: "['https://a.com']",
      maxAge: '60',
      preflightStatus: '200',
      refused: "'pass'",
    }
    const literalFor = (option: string) => values[option] ?? (/^methods|Headers$/.test(option) ? '[]' : 'true')
    const text = `cors({ ${options.map((option) => `${option}: ${literalFor(option)}`).join(', ')} })|`
    const { service, at } = editor(text)
    const start = at - text.length + 1
    for (const option of options) {
      const info = service.getQuickInfoAtPosition(FILE, start + text.indexOf(`${option}:`))
      expect(ts.displayPartsToString(info?.documentation), option).toMatch(/\w{3}.*\./)
    }
  })

  it('shows the documentation of an option', () => {
    expect(documentation(`createCors({ ori|gins: ['https://a.com'] })`)).toContain('The origins that may read answers')
  })

  it('shows the documentation of an option that an adapter takes', () => {
    expect(documentation(`cors({ origins: ['https://a.com'], max|Age: 60 })`)).toContain('in whole seconds')
  })

  it('shows the documentation of an option with a mistake in it', () => {
    expect(documentation(`createCors({ ori|gins: ['https://a.com/'] })`)).toContain('The origins that may read answers')
  })

  it('knows the parameter of a predicate', () => {
    const { service, at } = editor(`createCors({ origins: (ori|gin) => origin === 'https://a.com' })`)
    expect(ts.displayPartsToString(service.getQuickInfoAtPosition(FILE, at)?.displayParts)).toBe(
      '(parameter) origin: string',
    )
  })
})
