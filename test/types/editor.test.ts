import { join } from 'node:path'
import ts from 'typescript-5.9'
import { describe, expect, it, vi } from 'vitest'
import { CASES } from './compile.ts'

// Many runs, or a compiler's: slower on a busy machine than a unit test may be.
vi.setConfig({ testTimeout: 60_000 })

const FILE = join(CASES, 'editor.ts')
const HEAD = `import { createCors } from '../../../src/index.ts'\nimport { cors } from '../../../adapters/hono.ts'\n`

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
  const service = ts.createLanguageService({
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
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
  })
  return { service, at }
}

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

  it('completes the options of an adapter', () => {
    expect(completions('cors({ | })')).toEqual(expect.arrayContaining(['origins', 'credentials', 'maxAge']))
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
