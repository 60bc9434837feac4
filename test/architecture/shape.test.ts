import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { headerNames, staleNames } from './header-names.ts'
import {
  classes,
  defaultExports,
  fileLength,
  LONGEST_FILE,
  moduleState,
  type Rule,
  reExportsOnly,
  regularExpressions,
  runtimeGlobals,
  stalePeers,
} from './rules.ts'
import { codeOf, piecesOf, sourcesOf } from './source.ts'

const sources = sourcesOf('src', 'adapters')
const breaches = (rule: Rule, isMeant: (path: string) => boolean = () => true) =>
  sources.filter(({ path }) => isMeant(path)).flatMap(rule)

/** What a rule finds in a text that was planted for it. */
const finds = (rule: Rule, text: string, path = 'src/server/planted.ts') => rule({ path, text }).length

describe('src and adapters', () => {
  it('use no global of one runtime, but for the command and the adapter for Node', () => {
    expect(breaches(runtimeGlobals)).toEqual([])
  })

  it('write header names as the Fetch Standard does', () => {
    expect(breaches(headerNames)).toEqual([])
  })

  it('need each exemption for a header name', () => {
    expect(staleNames(sources)).toEqual([])
  })

  it(`have no file of more than ${LONGEST_FILE} lines`, () => {
    expect(breaches(fileLength)).toEqual([])
  })

  it('have no default exports', () => {
    expect(breaches(defaultExports)).toEqual([])
  })

  it('keep no state in a module', () => {
    expect(breaches(moduleState)).toEqual([])
  })

  it('have no classes but errors', () => {
    expect(breaches(classes)).toEqual([])
  })
})

describe('src/server and src/spec', () => {
  it('hold no regular expression', () => {
    expect(breaches(regularExpressions, (path) => /^src\/(server|spec)\//.test(path))).toEqual([])
  })
})

describe('src/index.ts, src/adapter.ts and src/proxy.ts', () => {
  it('re-export, and do nothing else', () => {
    expect(breaches(reExportsOnly, (path) => /^src\/(index|adapter|proxy)\.ts$/.test(path))).toEqual([])
  })
})

describe('the rules', () => {
  it('find a global of one runtime', () => {
    expect(finds(runtimeGlobals, 'const a = process.env.A')).toBe(1)
    expect(finds(runtimeGlobals, 'Deno.serve(f)')).toBe(1)
    expect(finds(runtimeGlobals, 'if (navigator?.userAgent) f()')).toBe(1)
    expect(finds(runtimeGlobals, "require('x')")).toBe(1)
    expect(finds(runtimeGlobals, "// process.env\nconst a = 'process.env' + b.process.c")).toBe(0)
    expect(finds(runtimeGlobals, 'process.exit()', 'src/cli.ts')).toBe(0)
  })

  it('find a header name in the wrong case', () => {
    expect(finds(headerNames, "const a = 'access-control-allow-origin'")).toBe(1)
    expect(finds(headerNames, '// sets `access-control-allow-origin`')).toBe(1)
    expect(finds(headerNames, '/** Access-control-Allow-Origin */')).toBe(1)
    expect(finds(headerNames, "headers.get('origin') ?? headers.get('vary')")).toBe(2)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is planted.
    expect(finds(headerNames, '`timing-allow-origin: ${a}`')).toBe(1)
    expect(finds(headerNames, "const a = ['Vary', 'Origin', 'Access-Control-Max-Age'] // Access-Control-*")).toBe(0)
    expect(finds(headerNames, "const a = 'origin'", 'src/spec/read.ts')).toBe(0)
    expect(finds(headerNames, "const a = 'access-control-max-age'", 'src/spec/read.ts')).toBe(1)
  })

  it('find an exemption that matches nothing', () => {
    const source = { path: 'src/server/planted.ts', text: "const a = 'origin'" }
    expect(staleNames([source], { [source.path]: ['origin', 'vary'] })).toHaveLength(1)
    expect(staleNames([], { [source.path]: ['origin'] })).toHaveLength(1)
    expect(stalePeers([source], { [source.path]: ['tldts'] })).toHaveLength(1)
    expect(stalePeers([{ ...source, text: "import 'tldts'" }], { [source.path]: ['tldts'] })).toEqual([])
  })

  it('find a file that is too long', () => {
    expect(finds(fileLength, '\n'.repeat(LONGEST_FILE + 1))).toBe(1)
    expect(finds(fileLength, '\n'.repeat(LONGEST_FILE))).toBe(0)
  })

  it('find a default export', () => {
    expect(finds(defaultExports, 'export default {}')).toBe(1)
    expect(finds(defaultExports, 'export { a as default }')).toBe(1)
    expect(finds(defaultExports, '/** export default x */')).toBe(0)
  })

  it('find state in a module, and none in a function', () => {
    expect(finds(moduleState, 'let a = 1')).toBe(1)
    expect(finds(moduleState, 'export let a = 1')).toBe(1)
    expect(finds(moduleState, 'function f() {\n  let a = 1\n}')).toBe(0)
  })

  it('find a class that is no error', () => {
    expect(finds(classes, 'class A {}')).toBe(1)
    expect(finds(classes, 'export class A<T> extends B {}')).toBe(1)
    expect(finds(classes, 'export class CorsPolicyError extends TypeError {}')).toBe(0)
    expect(finds(classes, 'return class extends given {}')).toBe(0)
    expect(finds(classes, '// a class of its own')).toBe(0)
  })

  it('find a regular expression, and take no division, comment or path for one', () => {
    expect(finds(regularExpressions, 'const a = /a[/]b/g')).toBe(1)
    expect(finds(regularExpressions, 'return /a/.test(b)')).toBe(1)
    expect(finds(regularExpressions, "new RegExp('a')")).toBe(1)
    expect(finds(regularExpressions, "const a = b / c / d // e\nconst f = 'a/b/c' /* g/h */")).toBe(0)
  })

  it('find what is more than a re-export', () => {
    expect(finds(reExportsOnly, "export { a } from './a.ts'\nexport const b = 1")).toBe(1)
    expect(finds(reExportsOnly, "/** doc */\nexport type { A,\n B } from './a.ts'\nexport * from './b.ts'")).toBe(0)
  })
})

describe('piecesOf()', () => {
  it('takes code, comments, texts and templates apart', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is planted.
    const source = "a('b//c') // d 'e'\nf(`g${h({ i: '}' })}j`) /* k */"
    expect(piecesOf(source).map(({ kind, text }) => `${kind} ${text.trim()}`)).toEqual([
      'code a(',
      "text 'b//c'",
      'code )',
      "comment // d 'e'",
      'code f(',
      'text `g${',
      'code h({ i:',
      "text '}'",
      'code })',
      'text }j`',
      'code )',
      'comment /* k */',
    ])
  })

  it('loses nothing', () => {
    const texts = sources.map(({ text }) => text)
    expect(
      texts.map((text) =>
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
      ),
    ).toEqual(texts)
    expect(codeOf("a // b\n+ 'c'").includes('b')).toBe(false)
  })
})

describe('properties', () => {
  it('are tried through holds(), with a fixed seed and a new one', () => {
    const folders = readdirSync('test', { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !/node_modules|bench/.test(entry.name),
    )
    const tests = sourcesOf(...folders.map(({ name }) => `test/${name}`)).filter(({ text }) =>
      text.includes('fc.assert('),
    )
    expect(tests.filter(({ text }) => codeOf(text).includes('fc.assert(')).map(({ path }) => path)).toEqual([
      'test/support/property.ts',
    ])
  })
})
