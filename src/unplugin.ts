/**
 * A plugin for bundlers: it compiles the policies that stand in the sources, so that a bundle holds
 * no check. Install `unplugin` and `@babel/parser` next to corsmith; only this module needs them.
 *
 * @module
 */

import { parse } from '@babel/parser'
import { createUnplugin, type UnpluginInstance } from 'unplugin'
import { lineFinder, type SourcePlace } from './build/source/edits.ts'
import type { Node } from './build/source/nodes.ts'
import { type PlacedIssue, replacePolicies } from './build/source/replace.ts'
import { placeOf } from './policy/error.ts'
import { show } from './policy/values.ts'

/** Options of {@link corsmith}. */
export interface CorsmithOptions {
  /**
   * Warns of each call that was left alone, and says why: its policy is not written out.
   *
   * @default false
   */
  readonly report?: boolean
}

/**
 * The plugin, for each bundler: `corsmith.vite()`, `corsmith.rolldown()`, `corsmith.webpack()`,
 * `corsmith.esbuild()`, `corsmith.bun()`.
 *
 * It replaces `createCors({ … })`, and the `cors({ … })` of adapters, where the policy is written
 * out in the source. A policy with a defect fails the build, at its line and column. All other
 * calls stay as they are, and are checked at start.
 *
 * @example
 * ```ts
 * // vite.config.ts
 * import { corsmith } from 'corsmith/unplugin'
 *
 * export default { plugins: [corsmith.vite({ report: true })] }
 * ```
 */
export const corsmith: UnpluginInstance<CorsmithOptions | undefined, false> = createUnplugin(
  (options: CorsmithOptions | undefined) => ({
    name: 'corsmith',
    // Before TypeScript is compiled: so the place of a defect is the one in the source.
    enforce: 'pre',
    transform: {
      filter: { id: { include: /\.[cm]?[jt]sx?(?:\?.*)?$/, exclude: /[\\/]node_modules[\\/]/ }, code: 'corsmith' },
      handler(code, id) {
        const placeAt = lineFinder(code)
        const say = (at: number, message: string) => ({
          message,
          id,
          loc: { file: id, line: placeAt(at).line + 1, column: placeAt(at).column },
        })
        const program = parseSource(code, id)
        if (program === null) {
          if (options?.report) this.warn(say(0, `corsmith: ${id} cannot be parsed, its policies are checked at start`))
          return null
        }
        const { output, left, issues } = replacePolicies(code, program, id)
        if (options?.report)
          for (const { at, why } of left)
            this.warn(say(at, `corsmith: ${lineOf(id, placeAt(at))} the policy is checked at start: ${why}`))
        const [first] = issues
        if (first !== undefined) this.error(say(first.at, textOf(issues, id, placeAt)))
        return output
      },
    },
  }),
)

/** Parses a source; null where the bundler has to say what is wrong with it. */
function parseSource(code: string, id: string): Node | null {
  const [path = ''] = id.split('?')
  const isTypeScript = /\.[cm]?tsx?$/.test(path)
  const hasJsx = !/\.[cm]?ts$/.test(path)
  // Decorators of parameters, as in NestJS and Angular, are only in the older form.
  for (const decorators of ['decorators', 'decorators-legacy'] as const) {
    try {
      const { program } = parse(code, {
        sourceType: 'module',
        allowReturnOutsideFunction: true,
        plugins: [
          'estree',
          decorators,
          'explicitResourceManagement',
          ...(isTypeScript ? ['typescript' as const] : []),
          ...(hasJsx ? ['jsx' as const] : []),
        ],
      })
      return program as unknown as Node
    } catch {}
  }
  return null
}

/** Further defects are counted, not printed. */
const PRINTED_ISSUES = 25

/** Writes the defects of a source as `createCors` would, each with its place. */
function textOf(issues: readonly PlacedIssue[], id: string, placeAt: (at: number) => SourcePlace): string {
  const printed = issues.slice(0, PRINTED_ISSUES)
  const rest = issues.length - printed.length
  const codes = new Set(printed.map(({ issue }) => issue.code))
  return [
    issues.length === 1 ? 'a policy has 1 defect' : `a policy has ${issues.length} defects`,
    ...printed.map(({ at, issue: { path, value, message, spec } }) =>
      [
        `  ${lineOf(id, placeAt(at))} ${placeOf(path)}: ${show(value)}`,
        `    ${message}`,
        ...(spec ? [`    ${spec}`] : []),
      ].join('\n'),
    ),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
    `  more: npx corsmith why ${[...codes].join(' ')}`,
  ].join('\n')
}

/** Writes a place as terminals link it. */
function lineOf(id: string, { line, column }: SourcePlace): string {
  return `${id}:${line + 1}:${column + 1}`
}
