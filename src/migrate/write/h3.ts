import { closeOf, lineAt, openingOf } from '../source/brackets.ts'
import { changeImports, importsIn } from '../source/imports.ts'
import { mask } from '../source/mask.ts'
import type { OptionsPlace, Span } from '../source/place.ts'
import {
  checkUses,
  constantEdits,
  edited,
  freeName,
  literalTyped,
  NoRewriteError,
  policyInPlace,
  type Rewrite,
  type SourceText,
  type TextEdit,
} from './edits.ts'

const WRAPPER = String.raw`(?:(?<wrapper>defineEventHandler|eventHandler|defineHandler|defineMiddleware)\(\s*)?`
const PARAMETER = String.raw`(?:\(\s*\w+(?:\s*:\s*\w+)?\s*(?:,\s*\w+\s*)?\)|\w+)`
const USE = String.raw`\.use(?<paren>\(\s*)${WRAPPER}(?:async\s+)?`
/** What stands before the body of a middleware. */
const BLOCK = new RegExp(
  String.raw`${USE}(?:${PARAMETER}\s*=>\s*|function\s*\w*\s*\(\s*\w+(?:\s*:\s*\w+)?\s*(?:,\s*\w+\s*)?\)\s*)$`,
)
/** A body that does nothing but answer CORS. The call is `@`, and white space is gone. */
const BODY =
  /^(?:const|let|var)(?<name>\w+)=(?:await)?@if\(\k<name>(?:!==?false)?\)(?:return\k<name>|\{return\k<name>\})(?:returnnext\(\))?$/
/** One that does not pass the answer on, or passes on that there is none. */
const BROKEN = /^(?:(?:const|let|var)\w+=(?:await)?@(?:if\(.*)?|if\(.*|(?:return)?(?:await)?@)$/

/**
 * Rewrites a middleware that returns what `handleCors(event, options)` answers to
 * `app.register(cors(policy))`. A call
 * in a handler that does more stays, and so does the file: two of them would both answer.
 *
 * @throws {NoRewriteError} for such a call
 */
export function rewriteH3(source: SourceText, rewrites: readonly Rewrite[]): string {
  const { text, masked } = source
  const imports = importsIn(text, masked).flatMap(({ bindings }) => bindings)
  const isFirst = imports.some(({ imported }) => /^(?:createApp|createRouter|toNodeListener)$/.test(imported))
  if (isFirst && !/\bnew\s+H3\b/.test(masked))
    throw new NoRewriteError(1, 'this is h3 1, and corsmith/h3 is for h3 2: move to h3 2 first')
  checkUses(
    source,
    'handleCors',
    rewrites.flatMap(({ place: { whole } }) => (whole ? [whole] : [])),
  )
  const name =
    imports.some(({ local }) => local === 'cors') || /(?<![\w$.])cors(?![\w$])/.test(masked)
      ? freeName(masked, 'corsOf')
      : 'cors'
  const edits: TextEdit[] = []
  for (const { place, policy } of rewrites) {
    const [start, end] = middlewareOf(source, place)
    const { span, named, whole } = place
    if (named !== null && span !== null)
      edits.push(...constantEdits(source, place, literalTyped(source, policy, policyInPlace(source, policy, span))))
    const written = named ?? policyInPlace(source, policy, span ?? whole ?? [start, end], start + '.register('.length)
    edits.push([start, end, `.register(${name}(${written}))`])
  }
  const changed = edited(text, edits)
  return changeImports(changed, mask(changed, 'javascript'), {
    from: importsIn(text, masked).flatMap(({ module, bindings }) =>
      bindings.some(({ imported }) => imported === 'handleCors') ? [module] : [],
    ),
    drop: ['handleCors', ...unusedOf(changed)],
    module: 'corsmith/h3',
    add: [{ imported: 'cors', local: name, isType: false }],
  })
}

/** Finds the wrappers of handlers that are no longer used. */
function unusedOf(text: string): readonly string[] {
  const masked = mask(text, 'javascript')
  return ['defineEventHandler', 'eventHandler', 'defineHandler', 'defineMiddleware'].filter(
    (name) => (masked.match(new RegExp(`(?<![\\w.$])${name}(?![\\w$])`, 'g'))?.length ?? 0) === 1,
  )
}

/** Finds `.use(…)` around a call, where the middleware does nothing else. */
function middlewareOf({ text, masked }: SourceText, { whole, line }: OptionsPlace): Span {
  const no = (why: string) => new NoRewriteError(line, why)
  if (whole === null) throw no('the call does not end')
  const open = openingOf(masked, whole[0], '{', '}')
  const before = masked.slice(Math.max(0, open - 300), Math.max(0, open))
  const found = BLOCK.exec(before)
  if (found === null)
    throw no(
      /\.use\(\s*['"]/.test(text.slice(Math.max(0, whole[0] - 300), whole[0]))
        ? 'this middleware has a path: register cors(corsRoutes([…])) of corsmith/h3 on the application, and remove it'
        : 'handleCors stands in a handler: register cors(policy) of corsmith/h3 on the application, and remove it here',
    )
  const start = open - before.length + found.index
  const close = closeOf(masked, open + 1) ?? masked.length
  const body = `${masked.slice(open + 1, whole[0])}@${masked.slice(whole[1], close)}`.replaceAll(/[\s;]+/g, '')
  if (!BODY.test(body))
    throw no(
      BROKEN.test(body)
        ? 'what handleCors answers is not returned here, so h3 2 does not send it: write if (answer !== false) return answer'
        : `the middleware from line ${lineAt(text, open)} on does more than to answer CORS`,
    )
  const end = closeOf(masked, start + '.use('.length)
  if (end === null) throw no('the call does not end')
  if (!/^\s*(?:\)\s*)?,?\s*$/.test(masked.slice(close + 1, end))) throw no('the middleware has further arguments')
  return [start, end + 1]
}
