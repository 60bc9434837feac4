import { closeOf, openingOf } from '../source/brackets.ts'
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

const MODULES = /^(?:@whatwg-node\/server|graphql-yoga)$/

/**
 * Rewrites `useCORS(options)` to a plugin that asks the policy, and `cors: options` of GraphQL Yoga
 * to the same plugin in `plugins`.
 *
 * @throws {NoRewriteError} where the list of plugins is not written out
 */
export function rewriteWhatwg(source: SourceText, rewrites: readonly Rewrite[]): string {
  const { text, masked } = source
  const edits: TextEdit[] = []
  const lines: string[] = []
  const imports = importsIn(text, masked).filter(({ module }) => MODULES.test(module))
  const locals = imports.flatMap(({ bindings }) =>
    bindings.flatMap(({ imported, local }) => (imported === 'useCORS' ? [local] : [])),
  )
  for (const name of locals)
    checkUses(
      source,
      name,
      rewrites.flatMap(({ place: { whole } }) => (whole ? [whole] : [])),
    )
  for (const [i, { place, policy }] of rewrites.entries()) {
    const { span, named, line, call, whole } = place
    const name = freeName(masked, i === 0 ? 'policy' : `policy${i + 1}`)
    if (named === null)
      lines.push(
        `const ${name} = createCors(${policyInPlace(source, policy, span ?? [0, 0], 0)})${source.style.semicolon}`,
      )
    else if (span !== null)
      edits.push(...constantEdits(source, place, `createCors(${policyInPlace(source, policy, span)})`))
    const plugin = pluginOf(source, named ?? name)
    if (whole !== null && call !== null && locals.some((each) => text.startsWith(`${each}(`, whole[0]))) {
      edits.push([whole[0], whole[1], plugin(indentAt(text, whole[0]))])
      continue
    }
    // The place begins with the key `cors:`.
    const at = whole?.[0] ?? 0
    const end = named === null ? (span?.[1] ?? at) : text.indexOf(named, at + 'cors:'.length) + named.length
    edits.push(...yogaEdits(source, at, end, line, plugin))
  }
  const changed = edited(text, edits)
  const ready = changeImports(changed, mask(changed, 'javascript'), {
    from: imports.map(({ module }) => module),
    drop: locals,
    module: 'corsmith',
    add: [{ imported: 'createCors', local: 'createCors', isType: false }],
  })
  return lines.length === 0 ? ready : behindImports(ready, lines, source)
}

function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? ''
}

/** Writes the plugin. The headers are set one by one, because the answers are of the server's own class. */
function pluginOf({ style }: SourceText, name: string): (indent: string) => string {
  const { unit, eol, semicolon, quote } = style
  return (indent) =>
    [
      '{',
      `${unit}onRequest({ request, endResponse }) {`,
      `${unit}${unit}const answer = ${name}.preflight(request)${semicolon}`,
      `${unit}${unit}if (answer !== null) endResponse(answer)${semicolon}`,
      `${unit}},`,
      `${unit}onResponse({ request, response }) {`,
      `${unit}${unit}if (${name}.preflight(request) !== null) return${semicolon}`,
      `${unit}${unit}for (const [name, value] of ${name}.entries(request)) {`,
      `${unit}${unit}${unit}if (name === ${quote}Vary${quote}) response.headers.append(name, value)${semicolon}`,
      `${unit}${unit}${unit}else response.headers.set(name, value)${semicolon}`,
      `${unit}${unit}}`,
      `${unit}},`,
      '}',
    ].join(`${eol}${indent}`)
}

/** Turns the answer of Yoga off, and puts the plugin first. */
function yogaEdits(
  { text, masked, style }: SourceText,
  at: number,
  end: number,
  line: number,
  plugin: (indent: string) => string,
): readonly TextEdit[] {
  const open = openingOf(masked, at, '{', '}')
  const close = open < 0 ? null : closeOf(masked, open + 1)
  if (close === null) throw new NoRewriteError(line, 'the options of the server do not end')
  const object = masked.slice(open, close)
  const plugins = /(?<![\w.$])plugins\s*:\s*/.exec(object)
  const indent = indentAt(text, at)
  if (plugins === null)
    return [
      [
        at,
        end,
        `cors: false,${style.eol}${indent}plugins: [${style.eol}${indent}${style.unit}${plugin(indent + style.unit)},${style.eol}${indent}]`,
      ],
    ]
  const list = open + plugins.index + plugins[0].length
  if (masked.charAt(list) !== '[') throw new NoRewriteError(line, 'the list of plugins is not written out')
  const isEmpty = /^\[\s*\]/.test(masked.slice(list))
  const inner = indent + style.unit
  return [
    [at, end, 'cors: false'],
    [list + 1, list + 1, `${style.eol}${inner}${plugin(inner)},${isEmpty ? `${style.eol}${indent}` : ''}`],
  ]
}
