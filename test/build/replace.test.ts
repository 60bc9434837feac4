// The policies that stand in a source, compiled where they stand: what is found, what is left alone, and where a defect is.
import { SourceMap } from 'node:module'
import { parse } from '@babel/parser'
import { describe, expect, it } from 'vitest'
import type { Node } from '../../src/build/source/nodes.ts'
import { replacePolicies } from '../../src/build/source/replace.ts'

const replaced = (text: string) => {
  const { program } = parse(text, { sourceType: 'module', plugins: ['estree', 'typescript', 'jsx'] })
  return replacePolicies(text, program as unknown as Node, 'app.tsx')
}
const codeOf = (text: string) => replaced(text).output?.code ?? null
/** The source behind what was put before it. */
const bodyOf = (text: string) => codeOf(text)?.replace(/^.*?(?:\); (?! )|return \$cors\d+_made; } )(?=\n)/, '') ?? null
const whyOf = (text: string) => replaced(text).left.map(({ why }) => why)

const HONO = "import { cors } from 'corsmith/hono'\n"
const CORE = "import { createCors } from 'corsmith'\n"
const POLICY = "{ origins: ['https://a.example'] }"

describe('a policy that is written out', () => {
  it.each([
    ['createCors', `${CORE}export const a = createCors(${POLICY})`, '\nexport const a = $cors0'],
    ['wrap alone', `${CORE}export default createCors(${POLICY}).wrap(f)`, '\nexport default $cors0(f)'],
    ['an adapter', `${HONO}app.use(cors(${POLICY}))`, '\napp.use($cors_0_cors($cors0))'],
    [
      'an alias',
      `import { cors as c } from 'corsmith/hono'\napp.use('/x', c(${POLICY}))`,
      "\napp.use('/x', $cors_0_cors($cors0))",
    ],
    [
      'a namespace',
      `import * as h from 'corsmith/hono'\napp.use(h.cors(${POLICY}))`,
      '\napp.use($cors_0_cors($cors0))',
    ],
    [
      'further arguments',
      `import { withCors } from 'corsmith/workers'\nexport default withCors(${POLICY}, { fetch: f })`,
      '\nexport default $cors_0_withCors($cors0, { fetch: f })',
    ],
    [
      'a policy in its adapter',
      `${HONO}${CORE}app.use(cors(createCors(${POLICY})))`,
      '\n\napp.use($cors_0_cors($cors0))',
    ],
    [
      'a policy in a constant',
      `${HONO}${CORE}const a = createCors(${POLICY})\napp.use(cors(a))`,
      '\n\nconst a = $cors0\napp.use($cors_0_cors(a))',
    ],
    [
      'the same policy twice',
      `${HONO}cors(${POLICY})\ncors(${POLICY})`,
      '\n$cors_0_cors($cors0)\n$cors_0_cors($cors0)',
    ],
  ])('%s', (_name, text, expected) => {
    expect(bodyOf(text)).toBe(expected)
    expect(codeOf(text)).not.toMatch(/from 'corsmith(?:\/hono|\/workers)?'/)
  })

  it.each([
    ["{ origins: ['https://a.example'], maxAge: 24 * 60 * 60 }", '86400'],
    ["{ origins: ['https://a.example'] as const, maxAge: 60 } satisfies CorsPolicy", '60'],
    ["<CorsPolicy>({ 'origins': [`https://a.example`], maxAge: -(1 - 61)! })", '60'],
  ])('reads %s', (policy, age) => {
    const { program } = parse(`${CORE}createCors(${policy})`, {
      sourceType: 'module',
      plugins: ['estree', 'typescript'],
    })
    const { output } = replacePolicies(`${CORE}createCors(${policy})`, program as unknown as Node, 'app.ts')
    expect(output?.code).toContain(`['Access-Control-Max-Age', '${age}']`)
  })

  it.each([
    ['as const', `cors(${POLICY} as const)`],
    ['satisfies', `cors(${POLICY} satisfies CorsPolicy)`],
    ['a type assertion', `cors((${POLICY} as CorsPolicy)!)`],
    ['comments and trailing commas', "cors({ /* a */ origins: [ // b\n 'https://a.example', ], }, )"],
    ['a template', 'cors({ origins: [`https://a.example`] })'],
    ['a template with a constant', `const host = 'a.example' as const\ncors({ origins: [\`https://\${host}\`] })`],
    ['a sum', "cors({ origins: ['https://' + 'a.example'] })"],
    ['a sum with a constant', "const scheme = 'https' + '://'\ncors({ origins: [scheme + 'a.example'] })"],
    ['keys in quotation marks', `cors({ "origins": ["https://a.example"] })`],
    ['computed keys', "cors({ ['origins']: ['https://a.example'] })"],
    ['type arguments', `cors<Env>(${POLICY})`],
    ['parentheses', `(cors)((${POLICY}))`],
    ['a constant that two calls take', `const p = ${POLICY} as const\ntype P = typeof p\ncors(p)\ncors(p as P)`],
    [
      'a policy with a type around it',
      `import { createCors } from 'corsmith'\nconst p = createCors(${POLICY})\ncors(p!)`,
    ],
  ])('is read with %s', (_name, use) => {
    const plain = codeOf(`${HONO}cors(${POLICY})`) ?? ''
    const tables = (code: string) => /answering\((\{.*?\})\);/.exec(code)?.[1]
    const text = use.startsWith('import') ? use.replace('\n', `\n${HONO}`) : `${HONO}${use}`
    const { program } = parse(text, { sourceType: 'module', plugins: ['estree', 'typescript'] })
    const { output, left } = replacePolicies(text, program as unknown as Node, 'app.ts')
    expect(tables(output?.code ?? '')).toBe(tables(plain))
    expect(output?.code).toContain("'https://a.example'")
    expect(left).toEqual([])
  })

  it('adds texts and numbers as JavaScript does', () => {
    const origins = `['http://localhost:' + 3000, \`http://localhost:\${3}001\`, 'http://localhost:' + (3000 + 2)]`
    expect(codeOf(`${HONO}cors({ origins: ${origins} })`)).toContain(
      "['http://localhost:3000', 'http://localhost:3001', 'http://localhost:3002']",
    )
  })

  it('reads constants that nothing else can change', () => {
    const list = "const list = ['https://a.example'] as const\nconst age = 60\n"
    expect(codeOf(`${CORE}${list}createCors({ origins: list, maxAge: age })`)).toContain(
      "'Access-Control-Max-Age', '60'",
    )
    expect(whyOf(`${CORE}${list}list.push('x')\ncreateCors({ origins: list })`)).toEqual([
      'list is not written out here',
    ])
    expect(whyOf(`${CORE}export ${list}createCors({ origins: list })`)).toEqual(['list is not written out here'])
    expect(whyOf(`${CORE}${list}const f = (age) => createCors({ origins: '*', maxAge: age })`)).toEqual([
      'age is not written out here',
    ])
  })

  it('keeps directives first, lines where they were, and other imports', () => {
    const text = `'use server'\n// a comment\nimport { createCors, type Cors, CorsPolicyError } from 'corsmith'\n\nexport const a: Cors = createCors(${POLICY})\n`
    const lines = codeOf(text)?.split('\n') ?? []
    expect(lines).toHaveLength(text.split('\n').length)
    expect(lines[0]).toBe("'use server'")
    expect(lines[2]).toMatch(/import \{ type Cors, CorsPolicyError \} from 'corsmith'$/)
    expect(lines[4]).toBe('export const a: Cors = $cors0')
    expect(codeOf(`${CORE}createCors(${POLICY})\nexport { createCors }`)).toContain("{ createCors } from 'corsmith'")
  })

  it('keeps the lines behind an import, a policy and a type that take several', () => {
    const several = "{\n  // why\n  origins: ['https://a.example'],\n}"
    const text = [
      "import {\n  createCors,\n  type Cors,\n} from 'corsmith'",
      "import {\n  cors,\n} from 'corsmith/hono'",
      'const f = 1',
      `createCors(${several})`,
      `export const a = createCors(${several}) as unknown as Cors`,
      `export const b = cors(${several} satisfies object)`,
      "throw new Error('here')",
    ].join('\n')
    const code = codeOf(text) ?? ''
    const lineOf = (whole: string) => whole.slice(0, whole.indexOf('throw')).split('\n').length
    expect(lineOf(code)).toBe(lineOf(text))
    // The tree is the same: no line break ended a statement, and none joined two.
    const { program } = parse(code, { sourceType: 'module', plugins: ['estree', 'typescript'] })
    expect(program.body.map(({ type }) => type).slice(-5)).toEqual([
      'VariableDeclaration',
      'ExpressionStatement',
      'ExportNamedDeclaration',
      'ExportNamedDeclaration',
      'ThrowStatement',
    ])
  })

  it('is made at the first call where it stands in a function, which a circle of imports may call early', () => {
    const code = codeOf(
      `${CORE}export function app() { return createCors(${POLICY}) }\nclass A { a = createCors(${POLICY}) }`,
    )
    expect(code).toMatch(/^import .*;var \$cors0_made;function \$cors0\(\) \{ if \(!\$cors0_made\)/)
    expect(code).toContain('return $cors0() }\nclass A { a = $cors0() }')
    const top = codeOf(`${CORE}export const a = createCors(${POLICY})\nexport const f = () => createCors(${POLICY})`)
    expect(top).toContain('a = $cors0\nexport const f = () => $cors1()')
  })

  it('takes names that the source does not have', () => {
    expect(codeOf(`${CORE}const $cors0 = createCors(${POLICY})`)).toContain('const $cors0 = $$cors0')
  })

  it('gives what needs only answers no more than that', () => {
    const use = (rest: string) =>
      codeOf(`${HONO}${CORE}const a = createCors(${POLICY})\napp.use(cors(a))\n${rest}`) ?? ''
    expect(use('a.wrap(f)')).not.toContain('assemble')
    for (const more of ['a.decide(r)', 'export { a }', 'f(a)', "a['wrap']", 'a.guard(r)'])
      expect(use(more)).toContain('assemble')
  })

  it('writes a long list in one line', () => {
    const list = Array.from({ length: 60 }, (_, i) => `'https://a${i}.example'`).join(', ')
    const code = codeOf(`${CORE}createCors({ origins: [${list}] })`) ?? ''
    expect(code.split('\n')).toHaveLength(2)
    const text = /const \$cors0_origins = (.*?);const/.exec(code)?.[1]
    expect(new Function(`return ${text}`)()).toHaveLength(60)
  })
})

describe('what is left alone', () => {
  it.each([
    ['a shadowed parameter', `${HONO}const f = (cors) => cors(${POLICY})`],
    ['a name in a block', `${HONO}{ const cors = g; cors(${POLICY}) }`],
    ['a hoisted var', `${HONO}function f() { cors(${POLICY}); if (x) { var cors = 1 } }`],
    ['a function of its own', `${HONO}function f() { cors(${POLICY}); function cors() {} }`],
    ['a caught error', `${HONO}try {} catch (cors) { cors(${POLICY}) }`],
    ['a pattern', `${HONO}function f({ a: [cors] }) { cors(${POLICY}) }`],
    ['a class', `${HONO}{ class cors {} cors(${POLICY}) }`],
    ['a name of another package', `import { cors } from 'hono/cors'\ncors(${POLICY})`],
    ['a name of no import', `cors(${POLICY})`],
    ['a type', `import type { cors } from 'corsmith/hono'\ncors(${POLICY})`],
    ['a method', `${HONO}a.cors(${POLICY})`],
    ['another function of the entry', `import { createEdgeProxy } from 'corsmith/workers'\ncreateEdgeProxy(${POLICY})`],
    ['an entry of another kind', `import { cors } from 'corsmith/constructor'\ncors(${POLICY})`],
  ])('%s, without a word', (_name, text) => {
    expect(replaced(text)).toEqual({ output: null, left: [], issues: [] })
  })

  it('hides a name only where it is declared again', () => {
    const text = `${HONO}function f() { const g = (cors) => cors(1)\n cors(${POLICY}) }`
    expect(bodyOf(text)).toContain('cors(1)\n $cors_0_cors($cors0()) }')
  })

  it.each([
    ['a function', `${HONO}cors((c) => policies[c.req.path])`, 'a function chooses the policy'],
    ['a predicate', `${CORE}createCors({ origins: (origin) => allowed.has(origin) })`, 'a predicate is code'],
    ['a predicate as a method', `${CORE}createCors({ origins(origin) { return true } })`, 'a predicate is code'],
    ['a spread', `${CORE}createCors({ ...base, maxAge: 1 })`, 'this part of the object is not written out'],
    ['a variable', `${CORE}createCors({ origins: list })`, 'list is not written out here'],
    ['a call', `${CORE}createCors({ origins: read() })`, 'this value is not written out'],
    ['a text with parts', `${CORE}createCors({ origins: [\`https://\${host}\`] })`, 'host is not written out here'],
    ['a text with code', `${CORE}createCors({ origins: [\`https://\${f()}\`] })`, 'this value is not written out'],
    ['a sum with code', `${CORE}createCors({ origins: ['https://' + f()] })`, 'this value is not written out'],
    ['a tagged text', `${CORE}createCors({ origins: [String.raw\`https://a\`] })`, 'this value is not written out'],
    ['a getter', `${CORE}createCors({ get origins() { return [] } })`, 'this part of the object is not written out'],
    [
      'a constant that other code can change',
      `${HONO}const p = ${POLICY} as const\np.origins.push('x')\ncors(p)`,
      'p is not written out here',
    ],
    ['a constant that other code is given', `${HONO}const p = ${POLICY}\nf(p)\ncors(p)`, 'p is not written out here'],
    ['an import', `import p from './policy.json'\n${HONO}cors(p)`, 'p is not written out here'],
    [
      'what a bundler defines',
      `${HONO}cors({ origins: [import.meta.env.VITE_ORIGIN] })`,
      'this value is not written out',
    ],
    ['a name that a bundler defines', `${HONO}cors({ origins: [__ORIGIN__] })`, '__ORIGIN__ is not written out here'],
    ['a computed key', `${CORE}createCors({ [key]: 1 })`, 'this key is not written out'],
    ['a prototype', `${CORE}createCors({ __proto__: base })`, 'this key is not written out'],
    ['a hole', `${CORE}createCors({ origins: [, 'https://a.example'] })`, 'the list has a hole'],
    ['a regular expression', `${CORE}createCors({ origins: [/a/] })`, 'this value is not written out'],
    ['a further argument', `${CORE}createCors(${POLICY}, more)`, 'this call has more than a policy'],
  ])('%s, with its reason', (_name, text, why) => {
    expect([replaced(text).output, whyOf(text)]).toEqual([null, [why]])
  })
})

describe('a defect', () => {
  it.each([
    ["{ origins: ['https://a.example', 'https://b.example/'] }", "'https://b.example/'", 'origin-trailing-slash'],
    ["{ origins: '*', credentials: true }", 'origins', 'origins-wildcard-credentials'],
    ["{ origins: '*', methdos: ['PUT'] }", 'methdos', undefined],
    ["{ methods: ['PUT'] }", '{', undefined],
  ])('%s stands at its part of the policy', (policy, part, code) => {
    const text = `${HONO}\napp.use(cors(${policy}))`
    const { output, issues } = replaced(text)
    expect([output, issues.map(({ at }) => at)]).toEqual([null, [text.indexOf(part, text.indexOf('cors({') + 5)]])
    if (code) expect(issues[0]?.issue.code).toBe(code)
  })

  it('is told for every policy of the source', () => {
    expect(replaced(`${CORE}createCors({ origins: ['a'] })\ncreateCors({ origins: ['b', 'c'] })`).issues).toHaveLength(
      3,
    )
  })
})

describe('the source map', () => {
  it('finds each word that stays, also behind what was replaced', () => {
    const text = `${HONO}${CORE}\nconst a = createCors({\n  origins: '*',\n}); before(cors({ origins: '*' }), after)\n  last()\n`
    const { output } = replaced(text)
    if (output === null) throw new Error('nothing was replaced')
    const map = new SourceMap({ file: '', sourceRoot: '', ...output.map })
    const placeOf = (source: string, word: string) => {
      const before = source.slice(0, source.lastIndexOf(word)).split('\n')
      return { line: before.length - 1, column: before.at(-1)?.length ?? 0 }
    }
    for (const word of ['const a', 'before', 'after', 'last']) {
      const { line, column } = placeOf(output.code, word)
      const entry = map.findEntry(line, column)
      expect(entry).toMatchObject({
        originalSource: 'app.tsx',
        originalLine: placeOf(text, word).line,
        originalColumn: placeOf(text, word).column,
      })
    }
  })
})
