import { validatePolicy } from '../policy/check.ts'
import { type CompiledPolicy, compilePolicy } from '../policy/compile.ts'
import { hash } from '../policy/data/json.ts'
import type { PartCall } from '../policy/lines.ts'
import { POLICY_KEYS } from '../policy/options.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { VERSION } from '../spec/version.ts'
import { linesLiteral, listLiteral, textLiteral } from './literal.ts'

/** A compiled policy as source text. */
export interface CompiledModule {
  /** An ES module. It exports `cors`, `answers` and `wrap`. */
  readonly code: string
  /** The declarations of `code`. */
  readonly types: string
}

/** Options of {@link emitModule}. */
export interface EmitOptions {
  /** Names the policy's file, for the head of the module. */
  readonly source?: string
  /** The import that gives a predicate of `origins`: `import policy from './policy.js'`. */
  readonly predicate?: { readonly statement: string; readonly expression: string }
  /** Tells whether anyone can register a name below a host. Default: the short list of the core. */
  readonly isPublicSuffix?: (host: string) => boolean
  /** The specifier of the runtime. */
  readonly runtime?: string
}

/**
 * Checks a policy, and writes it as a module that imports `corsmith/runtime` alone.
 *
 * @throws {CorsPolicyError} for a policy with a defect
 * @throws {TypeError} for a predicate without an import that gives it
 */
export function emitModule(policy: unknown, options: EmitOptions = {}): CompiledModule {
  const { source = 'a policy', predicate, isPublicSuffix, runtime = 'corsmith/runtime' } = options
  const checked = validatePolicy(policy, isPublicSuffix)
  const isPredicate = typeof checked.origins === 'function'
  if (isPredicate && predicate === undefined)
    throw new TypeError('origins: a predicate is code: compile the module that exports the policy')
  const compiled = compilePolicy(checked, isPublicSuffix)
  const imports = new Set(['answering', 'assemble', 'wrapping'])
  const names: Names = { use: using(imports, ''), origins: 'origins', policy: 'policy' }
  const parts = partsOf(checked, compiled, names)
  const frozen = policyOf(checked, predicate?.expression, names)
  const code = [
    `// A CORS policy: ${commentText(source)}, compiled by corsmith ${VERSION}.`,
    `// Policy ${hash(checked)}. Do not edit: change the policy, and compile it again.`,
    `import { ${[...imports].sort().join(', ')} } from ${textLiteral(runtime)}`,
    ...(isPredicate && predicate ? [predicate.statement] : []),
    '',
    ...(Array.isArray(checked.origins) ? [`const origins = ${listLiteral(checked.origins)}`, ''] : []),
    `const policy = ${frozen}`,
    '',
    tablesLiteral(compiled, parts),
    '',
    '/** The whole policy, for everything that takes a `Cors`. */',
    'export const cors = /* @__PURE__ */ assemble(policy, tables)',
    '',
    '/** The part that the adapters of corsmith/runtime need. */',
    'export const answers = /* @__PURE__ */ answering(tables)',
    '',
    '/** The part that a Fetch handler needs. */',
    'export const wrap = /* @__PURE__ */ wrapping(tables)',
    '',
  ].join('\n')
  return { code, types: TYPES.replace('@', textLiteral(runtime)) }
}

/** A part of a compiled module, as expressions in a source of somebody else. */
export interface CompiledPart {
  /** Statements that stand before the first use. They have no line break. */
  readonly statements: string
  /** What is imported of `corsmith/runtime`. */
  readonly imports: readonly string[]
}

/** The exports of a compiled module, and the function of the runtime that makes each. */
const MAKERS = { cors: 'assemble', answers: 'answering', wrap: 'wrapping' } as const

/** An export of a compiled module. */
export type PartName = keyof typeof MAKERS

/**
 * Checks a policy, and writes one export of its module as a constant.
 *
 * @param name the name of the constant. Names of further constants begin with it.
 * @param prefix what stands before each imported name
 * @param isLate whether the name is a function that makes the value at its first call. In a circle of
 *   imports a function can be called before the constants of its module are there.
 * @throws {CorsPolicyError} for a policy with a defect
 */
export function emitPart(policy: unknown, part: PartName, name: string, prefix: string, isLate: boolean): CompiledPart {
  const checked = validatePolicy(policy)
  const compiled = compilePolicy(checked)
  const imports = new Set<string>()
  const names: Names = { use: using(imports, prefix), origins: `${name}_origins`, policy: `${name}_policy` }
  const tables = tablesLiteral(compiled, partsOf(checked, compiled, names)).replace('const tables = ', '')
  const given = part === 'cors' ? `${policyOf(checked, undefined, names)}, ${tables}` : tables
  const list = Array.isArray(checked.origins) ? `const ${names.origins} = ${listLiteral(checked.origins)};` : ''
  const value = `${names.use(MAKERS[part])}(${given})`
  const statements = isLate
    ? `var ${name}_made;function ${name}() { if (!${name}_made) { ${list}${name}_made = ${value}; } return ${name}_made; }`
    : `${list}const ${name} = /* @__PURE__ */ ${value};`
  return { statements: inOneLine(statements), imports: [...imports].sort() }
}

/** Takes the line breaks out of code: lines of a source behind it keep their numbers. */
function inOneLine(code: string): string {
  return code
    .replaceAll(LONG_LIST, (_, joined: string) => `${JSON.stringify(joined)}.split('\\n')`)
    .replaceAll(/\n\s*/g, ' ')
}

/** A long list, as `listLiteral` writes it. */
const LONG_LIST = /`\n([^`]*)\n`\n {2}\.trim\(\)\n {2}\.split\('\\n'\)/g

const TYPES = `import type { Answering, Cors } from @

/** The whole policy, for everything that takes a \`Cors\`. */
export declare const cors: Cors

/** The part that the adapters of corsmith/runtime need. */
export declare const answers: Answering

/** The part that a Fetch handler needs. */
export declare const wrap: Cors['wrap']
`

/** How the written code names things. */
interface Names {
  /** Imports a function of the runtime, and gives its name. */
  use(name: string): string
  /** The constants that hold the list of origins, and the policy. */
  readonly origins: string
  readonly policy: string
}

/** Makes the function that collects imports. */
const using =
  (imports: Set<string>, prefix: string): Names['use'] =>
  (name) => {
    imports.add(name)
    return `${prefix}${name}`
  }

/** The expressions for the tables that are code. */
interface Parts {
  readonly match: string
  readonly parts: readonly string[]
  readonly echo: string
  readonly forbid: string
}

function partsOf({ origins }: CorsPolicy, compiled: CompiledPolicy, names: Names): Parts {
  const { use } = names
  const call: Call = (name, ...values) => `/* @__PURE__ */ ${use(name)}(${values.join(', ')})`
  const written = ([name, ...lists]: PartCall): string =>
    lists.length === 0
      ? use(name)
      : call(name, ...lists.map((each) => (typeof each === 'string' ? textLiteral(each) : listLiteral(each))))
  return {
    match: matchOf(origins, compiled, call, names),
    parts: compiled.parts.map(written),
    echo:
      compiled.echo.map(written).reduce((all, one) => (all === '' ? one : call('echoBoth', all, one)), '') || 'null',
    forbid: compiled.forbid ? use('guard') : 'null',
  }
}

type Call = (name: string, ...values: readonly string[]) => string

function matchOf(origins: CorsPolicy['origins'], compiled: CompiledPolicy, call: Call, names: Names): string {
  if (compiled.match === null) return 'null'
  if (typeof compiled.match === 'string') return textLiteral(compiled.match)
  if (typeof origins === 'function') return call('asking', names.policy)
  const isWide = Array.isArray(origins) && origins.some((text) => text.includes('*'))
  return call(isWide ? 'matching' : 'exactly', names.origins)
}

/** Longer lists take JavaScriptCore long to freeze. `freezePolicy` waits until they are read. */
const LONG = 1_000

/**
 * Writes the frozen policy. It has no prototype, so that an absent option stays absent when
 * `Object.prototype` is polluted.
 */
function policyOf(policy: CorsPolicy, predicate: string | undefined, { use, origins }: Names): string {
  const isLong = Object.values(policy).some((value) => Array.isArray(value) && value.length > LONG)
  const list = (text: string): string => (isLong ? text : `/* @__PURE__ */ Object.freeze(${text})`)
  const rows = POLICY_KEYS.flatMap((key) => {
    const value = policy[key]
    if (value === undefined) return []
    if (typeof value === 'function') return [`  origins: ${predicate}.origins,`]
    if (key === 'origins' && Array.isArray(value))
      return [isLong ? `  origins: ${origins},` : `  origins: /* @__PURE__ */ Object.freeze(${origins}),`]
    if (Array.isArray(value)) return [`  ${key}: ${list(listLiteral(value))},`]
    return [`  ${key}: ${typeof value === 'string' ? textLiteral(value) : value},`]
  })
  const literal = `{\n  __proto__: null,\n${rows.join('\n')}\n}`
  return isLong ? `/* @__PURE__ */ ${use('freezePolicy')}(${literal})` : `/* @__PURE__ */ Object.freeze(${literal})`
}

function tablesLiteral(compiled: CompiledPolicy, { match, parts, echo, forbid }: Parts): string {
  const { vary, status, preflight, shared, widening } = compiled
  return [
    'const tables = {',
    `  version: ${textLiteral(VERSION)},`,
    `  match: ${match},`,
    `  vary: ${vary === null ? 'null' : textLiteral(vary)},`,
    `  status: ${status},`,
    `  preflight: ${linesLiteral(preflight)},`,
    `  shared: ${linesLiteral(shared)},`,
    `  widening: ${listLiteral(widening)},`,
    `  parts: [${parts.join(', ')}],`,
    `  echo: ${echo},`,
    `  forbid: ${forbid},`,
    '}',
  ].join('\n')
}

/** A name in a comment: one line, and not long. */
function commentText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 100)
}
