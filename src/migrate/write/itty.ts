import { lineAt } from '../source/brackets.ts'
import { changeImports, importsIn } from '../source/imports.ts'
import { mask } from '../source/mask.ts'
import {
  checkUses,
  constantEdits,
  edited,
  freeName,
  NoRewriteError,
  policyInPlace,
  type Rewrite,
  type SourceText,
  type TextEdit,
  usesOf,
} from './edits.ts'

const DECLARATION = /(?<export>export\s+)?(?:const|let|var)\s*\{(?<names>[^{}]*)\}\s*=\s*$/

/**
 * Rewrites `const { preflight, corsify } = cors(options)`. Both names stay, and so does every use of
 * them.
 *
 * @throws {NoRewriteError} where `corsify` is called without the request
 */
export function rewriteItty(source: SourceText, rewrites: readonly Rewrite[]): string {
  const { text, masked, style, isTyped } = source
  const edits: TextEdit[] = []
  const wholes = rewrites.flatMap(({ place: { whole } }) => (whole ? [whole] : []))
  const locals = importsIn(text, masked)
    .filter(({ module }) => module.startsWith('itty-router'))
    .flatMap(({ bindings }) => bindings.flatMap(({ imported, local }) => (imported === 'cors' ? [local] : [])))
  for (const name of locals) checkUses(source, name, wholes)
  for (const [i, { place, policy }] of rewrites.entries()) {
    const { whole, span, call, named, line } = place
    if (whole === null) throw new NoRewriteError(line, 'the call does not end')
    const declared = DECLARATION.exec(masked.slice(0, whole[0]))
    if (declared?.groups === undefined)
      throw new NoRewriteError(
        line,
        'what cors() returns is not taken apart: write const { preflight, corsify } = cors(…)',
      )
    const [start, written] = [declared.index, text.slice(declared.index, whole[0])]
    const name = freeName(masked, i === 0 ? 'policy' : `policy${i + 1}`)
    const word = `${declared.groups.export ?? ''}const`
    const lines = [
      `const ${name} = createCors(${named ?? policyInPlace(source, policy, span ?? call ?? whole, start + `const ${name} = createCors(`.length)})`,
    ]
    for (const each of namesIn(written)) {
      if (each.imported === 'preflight') lines.push(`${word} ${each.local} = ${name}.preflight`)
      else if (each.imported === 'corsify') {
        checkCorsify(source, each.local, [start, whole[1]])
        const types = isTyped ? ['response: Response', 'request: Request'] : ['response', 'request']
        lines.push(`${word} ${each.local} = (${types.join(', ')}) => ${name}.apply(request, response)`)
      } else throw new NoRewriteError(line, `cors() has no ${each.imported}`)
    }
    const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? ''
    if (named !== null && span !== null)
      edits.push(...constantEdits(source, place, policyInPlace(source, policy, span)))
    const isClosed = /^[ \t]*;/.test(text.slice(whole[1]))
    edits.push([
      start,
      whole[1],
      lines.join(`${style.semicolon}${style.eol}${indent}`) + (isClosed ? '' : style.semicolon),
    ])
  }
  const changed = edited(text, edits)
  return changeImports(changed, mask(changed, 'javascript'), {
    from: importsIn(text, masked).flatMap(({ module }) => (module.startsWith('itty-router') ? [module] : [])),
    drop: locals,
    module: 'corsmith',
    add: [{ imported: 'createCors', local: 'createCors', isType: false }],
  })
}

function namesIn(declaration: string): readonly { imported: string; local: string }[] {
  const names = /\{([^{}]*)\}/.exec(declaration)?.[1] ?? ''
  return names.split(',').flatMap((each) => {
    const [, imported, local] = /^\s*(\w+)(?:\s*:\s*(\w+))?\s*$/.exec(each) ?? []
    return imported === undefined ? [] : [{ imported, local: local ?? imported }]
  })
}

/** `corsify` needs the request: in `finally` it gets it, and behind `.then` it does not. */
function checkCorsify({ text, masked }: SourceText, name: string, declared: readonly [number, number]): void {
  for (const at of usesOf(masked, name)) {
    if (at >= declared[0] && at < declared[1]) continue
    const behind = masked.slice(at + name.length)
    const isListed = /[[,]\s*$/.test(masked.slice(0, at)) && /^\s*[,\]]/.test(behind)
    const isGiven = /^\s*\([^()]*(?:\([^()]*\)[^()]*)*,/.test(behind)
    if (!isListed && !isGiven)
      throw new NoRewriteError(
        lineAt(text, at),
        `${name} gets no request here: put it into finally: [${name}] of the router`,
      )
  }
}
