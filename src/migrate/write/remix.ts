import { openingOf } from '../source/brackets.ts'
import { changeImports, importsIn } from '../source/imports.ts'
import { mask } from '../source/mask.ts'
import {
  behindImports,
  checkUses,
  constantEdits,
  edited,
  freeName,
  NoRewriteError,
  policyInPlace,
  type Rewrite,
  type SourceText,
  type TextEdit,
} from './edits.ts'

const MODULES = /^remix-utils(?:\/|$)/

/**
 * Rewrites `cors(request, response, options)` and `createCorsMiddleware(options)`. The first becomes
 * a function of the file with the same name, which takes a request and a response.
 *
 * @throws {NoRewriteError} where the answer of `cors` is not used
 */
export function rewriteRemix(source: SourceText, rewrites: readonly Rewrite[]): string {
  const { text, masked, style, isTyped } = source
  const names = importsIn(text, masked)
    .filter(({ module }) => MODULES.test(module))
    .flatMap(({ bindings }) =>
      bindings.filter(({ imported }) => /^(?:cors|(?:unstable_)?createCorsMiddleware)$/.test(imported)),
    )
  const wholes = rewrites.flatMap(({ place: { whole } }) => (whole ? [whole] : []))
  for (const { local } of names) checkUses(source, local, wholes)
  const middlewares = names.filter(({ imported }) => imported !== 'cors').map(({ local }) => local)
  const edits: TextEdit[] = []
  // One function for each policy: the name that the file has, then further ones.
  const functions = new Map<string, { readonly name: string; readonly lines: readonly string[] }>()
  const local = names.find(({ imported }) => imported === 'cors')?.local ?? 'cors'
  for (const { place, policy } of rewrites) {
    const { whole, span, call, named, line } = place
    if (whole === null) throw new NoRewriteError(line, 'the call does not end')
    const isMiddleware = middlewares.some((each) => text.startsWith(`${each}(`, whole[0]))
    if (named !== null && span !== null) {
      if (openingOf(masked, span[0], '{', '}') >= 0)
        throw new NoRewriteError(line, `${named} is declared inside a block: write it at the top of the file`)
      edits.push(...constantEdits(source, place, `createCors(${policyInPlace(source, policy, span)})`))
    }
    if (isMiddleware) {
      const alone = /\[\s*(\w+)\s*,?\s*\]\s*=\s*$/.exec(masked.slice(0, whole[0]))
      const at = alone?.index ?? whole[0]
      const head = `${alone?.[1] === undefined ? '' : `${alone[1]} = `}${middlewareName(masked)}(`
      const written = named ?? policyInPlace(source, policy, span ?? call ?? whole, at + head.length)
      edits.push([at, whole[1], alone === null ? `[${head}${written})]` : `${head}${written})`])
      continue
    }
    if (!/(?:\breturn|[=(,?:>])\s*(?:await\s+)?$/.test(masked.slice(0, whole[0])))
      throw new NoRewriteError(
        line,
        `what ${local} returns is not used here: write response = await ${local}(request, response)`,
      )
    const key = named ?? JSON.stringify(policy)
    const known =
      functions.get(key) ??
      functionOf(
        source,
        policy,
        named,
        functions.size === 0 ? local : freeName(masked, `${local}${functions.size + 1}`),
        freeName(masked, functions.size === 0 ? 'policy' : `policy${functions.size + 1}`),
      )
    functions.set(key, known)
    const open = whole[0] + local.length
    edits.push([whole[0], open, known.name])
    // The third argument and what stands around it.
    const third = named === null ? span?.[0] : call?.[0]
    if (third !== undefined) edits.push([commaBefore(masked, third), whole[1] - 1, ''])
  }
  const all = [...functions.values()].flatMap(({ lines }) => lines)
  const add = [
    ...(functions.size > 0 || rewrites.some(({ place }) => place.named !== null)
      ? [{ module: 'corsmith', imported: 'createCors', local: 'createCors' }]
      : []),
    ...(middlewares.length > 0
      ? [{ module: 'corsmith/react-router', imported: 'cors', local: middlewareName(masked) }]
      : []),
  ]
  let changed = edited(text, edits)
  for (const { module, ...binding } of add) {
    const drop = names
      .filter(({ imported }) => (imported === 'cors') === (module === 'corsmith'))
      .map((each) => each.local)
    changed = changeImports(changed, mask(changed, 'javascript'), {
      from: importsIn(text, masked).flatMap((each) => (MODULES.test(each.module) ? [each.module] : [])),
      drop,
      module,
      add: [{ ...binding, isType: false }],
    })
  }
  return all.length === 0 ? changed : behindImports(changed, all, { ...source, style })

  function middlewareName(code: string): string {
    return names.some(({ imported }) => imported === 'cors') ? freeName(code, 'corsMiddlewareOf') : 'cors'
  }

  function functionOf(of: SourceText, policy: Rewrite['policy'], named: string | null, name: string, constant: string) {
    const { semicolon } = of.style
    const types = isTyped ? ['request: Request', 'response: Response'] : ['request', 'response']
    const cors = named ?? constant
    const declared =
      named === null ? [`const ${constant} = createCors(${policyInPlace(of, policy, [0, 0], 0)})${semicolon}`] : []
    const answer = `${cors}.preflight(request) ?? ${cors}.apply(request, response)`
    return { name, lines: [...declared, `const ${name} = async (${types.join(', ')}) => ${answer}${semicolon}`] }
  }
}

function commaBefore(masked: string, at: number): number {
  return masked.lastIndexOf(',', at - 1)
}
