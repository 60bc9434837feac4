import { validatePolicy } from '../policy/check.ts'
import { type CompiledPolicy, compilePolicy } from '../policy/compile.ts'
import { hash } from '../policy/data/json.ts'
import { POLICY_KEYS } from '../policy/options.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { headerTables } from '../server/prepare.ts'
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
  const parts = partsOf(checked, compiled)
  const imports = new Set(['answering', 'assemble', 'wrapping', ...parts.imports])
  const frozen = policyOf(checked, predicate?.expression, imports)
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

const TYPES = `import type { Answering, Cors } from @

/** The whole policy, for everything that takes a \`Cors\`. */
export declare const cors: Cors

/** The part that the adapters of corsmith/runtime need. */
export declare const answers: Answering

/** The part that a Fetch handler needs. */
export declare const wrap: Cors['wrap']
`

/** The expressions for the tables that are code, and the names that they use. */
interface Parts {
  readonly match: string
  readonly parts: readonly string[]
  readonly echo: string
  readonly forbid: string
  readonly imports: readonly string[]
}

function partsOf({ origins }: CorsPolicy, compiled: CompiledPolicy): Parts {
  const imports: string[] = []
  const call = (name: string, ...values: readonly string[]): string => {
    imports.push(name)
    return `/* @__PURE__ */ ${name}(${values.join(', ')})`
  }
  const use = (name: string): string => {
    imports.push(name)
    return name
  }
  const { echoHeaders, exposePattern } = compiled
  const method = compiled.echoMethod ? use('echoMethod') : null
  const heads = echoHeaders === '*' ? "'*'" : echoHeaders && listLiteral(echoHeaders)
  const headers = heads === null ? null : call('echoHeaders', listLiteral(compiled.requestHeaders), heads)
  return {
    match: matchOf(origins, compiled, call),
    parts: [
      ...(exposePattern === null
        ? []
        : [call('exposeNames', listLiteral(compiled.exposedHeaders), listLiteral(exposePattern))]),
      ...(compiled.timing ? [use('allowTiming')] : []),
    ],
    echo: method !== null && headers !== null ? call('echoBoth', method, headers) : (method ?? headers ?? 'null'),
    forbid: compiled.forbid ? use('guard') : 'null',
    imports,
  }
}

type Call = (name: string, ...values: readonly string[]) => string

function matchOf(origins: CorsPolicy['origins'], compiled: CompiledPolicy, call: Call): string {
  if (compiled.match === null) return 'null'
  if (typeof origins === 'function') return call('asking', 'policy')
  const isWide = Array.isArray(origins) && origins.some((text) => text.includes('*'))
  return call(isWide ? 'matching' : 'exactly', 'origins')
}

/** Longer lists take JavaScriptCore long to freeze. `freezePolicy` waits until they are read. */
const LONG = 1_000

/**
 * Writes the frozen policy. It has no prototype, so that an absent option stays absent when
 * `Object.prototype` is polluted.
 */
function policyOf(policy: CorsPolicy, predicate: string | undefined, imports: Set<string>): string {
  const isLong = Object.values(policy).some((value) => Array.isArray(value) && value.length > LONG)
  const list = (text: string): string => (isLong ? text : `/* @__PURE__ */ Object.freeze(${text})`)
  const rows = POLICY_KEYS.flatMap((key) => {
    const value = policy[key]
    if (value === undefined) return []
    if (typeof value === 'function') return [`  origins: ${predicate}.origins,`]
    if (key === 'origins' && Array.isArray(value))
      return [isLong ? '  origins,' : '  origins: /* @__PURE__ */ Object.freeze(origins),']
    if (Array.isArray(value)) return [`  ${key}: ${list(listLiteral(value))},`]
    return [`  ${key}: ${typeof value === 'string' ? textLiteral(value) : value},`]
  })
  if (isLong) imports.add('freezePolicy')
  const literal = `{\n  __proto__: null,\n${rows.join('\n')}\n}`
  return isLong ? `/* @__PURE__ */ freezePolicy(${literal})` : `/* @__PURE__ */ Object.freeze(${literal})`
}

function tablesLiteral(compiled: CompiledPolicy, { match, parts, echo, forbid }: Parts): string {
  const { vary, status, preflight, shared, widening } = headerTables(compiled)
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
