import { CorsPolicyError, placeOf } from '../../policy/error.ts'
import type { PolicyIssue } from '../../policy/types.ts'
import { emitPart, type PartName } from '../emit.ts'
import { CREATE, callsOf, importsOf, type NamedImport, type PolicyCall, runtimeOf } from './calls.ts'
import { constantsOf } from './constants.ts'
import { applyEdits, type Edit, type SourceMap } from './edits.ts'
import { childOf, childrenOf, type Node, nameOf } from './nodes.ts'
import { isDeferred, type Scopes, scopesOf } from './scopes.ts'
import { bareOf, isAround, NotWrittenError, readValue, type Written } from './written.ts'

/** A call that was left alone, and why. */
export interface Left {
  /** The offset in the source. */
  readonly at: number
  readonly why: string
}

/** A defect of a policy in a source. */
export interface PlacedIssue {
  readonly at: number
  readonly issue: PolicyIssue
}

/** A source whose policies were compiled. */
export interface Replaced {
  /** The new source; null where nothing was replaced. */
  readonly output: { readonly code: string; readonly map: SourceMap } | null
  readonly left: readonly Left[]
  readonly issues: readonly PlacedIssue[]
}

/**
 * Compiles the policies that are written out in a source: `createCors({ … })` and the adapters'
 * `cors({ … })` become what a compiled module exports, and the adapters those of
 * `corsmith/runtime`.
 *
 * @param program the syntax tree of the source
 * @param id how the source map names the source
 */
export function replacePolicies(text: string, program: Node, id: string): Replaced {
  const imports = importsOf(program)
  if (imports.length === 0) return { output: null, left: [], issues: [] }
  const scopes = scopesOf(program)
  const calls = callsOf(program, imports, scopes)
  const policies = new Set(calls.map(({ argument }) => bareOf(argument)))
  const constants = constantsOf(program, scopes, ({ node }) => policies.has(node))
  const mark = freeName(text)
  const left: Left[] = []
  const issues: PlacedIssue[] = []
  const edits: Edit[] = []
  const made = new Map<string, string>()
  const statements: string[] = []
  const runtime = new Set<string>()
  const adapters = new Map<string, string>()
  const replaced = new Set<Node>()

  /** Writes the constant for a policy, once for each policy and part. Gives the expression for it. */
  const constantFor = (written: Written, part: PartName, around: readonly Node[]): string | null => {
    const isLate = around.some(isDeferred)
    const key = `${part} ${isLate} ${JSON.stringify(written.value)}`
    const known = made.get(key)
    if (known !== undefined) return known
    const name = `${mark}${made.size}`
    try {
      const emitted = emitPart(written.value, part, name, `${mark}_`, isLate)
      statements.push(emitted.statements)
      for (const imported of emitted.imports) runtime.add(imported)
      const expression = isLate ? `${name}()` : name
      made.set(key, expression)
      return expression
    } catch (error) {
      if (!(error instanceof CorsPolicyError)) throw error
      for (const issue of error.issues) issues.push({ at: placeIn(written, issue), issue })
      return null
    }
  }

  /**
   * Puts an expression in the place of a node. Its line breaks stay, so that later lines keep their
   * numbers. They come behind `as` and `!`, which must be on the line of their value.
   */
  const put = (node: Node, expression: string, around: readonly Node[] = []): void => {
    const typed = around.slice(
      0,
      around.findIndex((outer) => !isAround(outer)),
    )
    const { end } = typed.at(-1) ?? node
    edits.push({ start: node.start, end: node.end, text: expression })
    edits.push({ start: end, end, text: breaksIn(text.slice(node.start, node.end)) })
  }

  /** Lets a call name the adapter for compiled policies. */
  const useAdapter = ({ callee, taker }: PolicyCall): void => {
    const key = `${taker.name} ${runtimeOf(taker)}`
    const name = adapters.get(key) ?? `${mark}_${adapters.size}_${taker.name}`
    adapters.set(key, name)
    put(callee, name)
    replaced.add(callee)
  }

  /** Reads the policy of a call. */
  const policyIn = ({ argument, node, around }: PolicyCall): Written | null => {
    try {
      return readValue(argument, (name) => (scopes.isOfFile(name, around) ? constants.literalOf(name) : null))
    } catch (error) {
      if (!(error instanceof NotWrittenError)) throw error
      left.push({ at: Math.max(error.at, node.start), why: error.message })
      return null
    }
  }

  /** Compiles `createCors({ … })`. */
  const compile = (call: PolicyCall, part: PartName, whole: Node): boolean => {
    if (childrenOf(call.node, 'arguments').length !== 1) {
      left.push({ at: call.node.start, why: 'this call has more than a policy' })
      return false
    }
    const written = policyIn(call)
    const name = written && constantFor(written, part, call.around)
    if (name === null) return false
    put(whole, name, whole === call.node ? call.around : [])
    replaced.add(call.callee)
    return true
  }

  const ofAdapters = calls.filter(({ taker }) => taker.module !== CREATE)
  const direct = new Map(ofAdapters.map((call) => [call.argument, call]))
  const ready = new Set<string>()
  for (const call of calls.filter(({ taker }) => taker.module === CREATE)) {
    const [parent] = call.around
    const adapter = direct.get(call.node)
    const isWrap = parent?.type === 'MemberExpression' && parent.computed !== true && parent.object === call.node
    if (adapter !== undefined) {
      if (compile(call, adapter.taker.part, call.node)) useAdapter(adapter)
    } else if (isWrap && parent.optional !== true && nameOf(childOf(parent, 'property')) === 'wrap')
      compile(call, 'wrap', parent)
    else {
      const constant = constants.holderOf(call.node, call.around)
      const isPart = constant?.isPrivate === true && isForAnswers(constant.name, scopes, ofAdapters)
      if (compile(call, isPart ? 'answers' : 'cors', call.node) && constant !== null) ready.add(constant.name)
    }
  }
  const isOfCreate = new Set(calls.map(({ node }) => node))
  for (const call of ofAdapters) {
    if (isOfCreate.has(call.argument)) continue
    const name = nameOf(bareOf(call.argument))
    if (name !== null && ready.has(name) && scopes.isOfFile(name, call.around)) {
      useAdapter(call)
      continue
    }
    const written = policyIn(call)
    const constant = written && constantFor(written, call.taker.part, call.around)
    if (constant === null) continue
    useAdapter(call)
    put(call.argument, constant)
  }

  if (replaced.size === 0 || issues.length > 0) return { output: null, left, issues }
  const head = [
    ...(runtime.size === 0
      ? []
      : [
          `import { ${[...runtime]
            .sort()
            .map((name) => `${name} as ${mark}_${name}`)
            .join(', ')} } from 'corsmith/runtime';`,
        ]),
    ...[...adapters].map(([key, local]) => {
      const [name = '', module = ''] = key.split(' ')
      return `import { ${name} as ${local} } from '${module}';`
    }),
    ...statements,
    ' ',
  ].join('')
  const start = firstStatement(program, text)
  const unused = unusedImports(imports, scopes, replaced, text)
  return { output: applyEdits(text, [{ start, end: start, text: head }, ...unused, ...edits], id), left, issues }
}

/** Finds where a defect stands: its part of the policy, or the nearest one around it. */
function placeIn({ places }: Written, { path }: PolicyIssue): number {
  for (let length = path.length; length > 0; length--) {
    const place = places.get(placeOf(path.slice(0, length)))
    if (place !== undefined) return place
  }
  return places.get(placeOf([])) ?? 0
}

/** Tells whether a constant is used for adapters that need no more than `answers`, and for `wrap`. */
function isForAnswers(name: string, scopes: Scopes, adapters: readonly PolicyCall[]): boolean {
  return scopes.usesOf(name).every(({ node, around: [parent] }) => {
    if (adapters.some(({ argument, taker }) => bareOf(argument) === node && taker.part === 'answers')) return true
    const isMember = parent?.type === 'MemberExpression' && parent.object === node && parent.computed !== true
    return isMember && nameOf(childOf(parent, 'property')) === 'wrap'
  })
}

/** Directives such as `'use server'` must stay first. */
function firstStatement(program: Node, text: string): number {
  const first = childrenOf(program, 'body').find((statement) => statement && typeof statement.directive !== 'string')
  return first?.start ?? text.length
}

/** Takes out imports that nothing uses any more: TypeScript may refuse them, and a bundle would load them. */
function unusedImports(
  imports: readonly NamedImport[],
  scopes: Scopes,
  replaced: ReadonlySet<Node>,
  text: string,
): readonly Edit[] {
  const isUnused = ({ local }: NamedImport): boolean => {
    const uses = scopes.usesOf(local)
    const isReplaced = ({ node, around: [parent] }: (typeof uses)[number]): boolean =>
      replaced.has(node) || (parent !== undefined && replaced.has(parent))
    return uses.length > 0 && uses.every(isReplaced)
  }
  const unused = new Set(imports.filter(isUnused).map(({ local }) => local))
  return [...new Set(imports.map(({ declaration }) => declaration))].flatMap((declaration) => {
    const specifiers = childrenOf(declaration, 'specifiers').filter((one) => one !== null)
    const rest = specifiers.filter((one) => !unused.has(nameOf(childOf(one, 'local')) ?? ''))
    if (rest.length === specifiers.length) return []
    const { start, end } = declaration
    const breaks = breaksIn(text.slice(start, end))
    if (rest.length === 0) return [{ start, end, text: breaks }]
    const names = rest.map((one) => text.slice(one.start, one.end)).join(', ')
    const source = childOf(declaration, 'source')
    return [{ start, end, text: `import { ${names}${breaks} } from ${text.slice(source?.start, source?.end)}` }]
  })
}

function breaksIn(text: string): string {
  return text.replaceAll(/[^\n]/g, '')
}

/** A name that the source does not have. */
function freeName(text: string): string {
  let name = '$cors'
  while (text.includes(name)) name = `$${name}`
  return name
}
