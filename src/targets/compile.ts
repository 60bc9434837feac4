import { validatePolicy } from '../policy/check.ts'
import { hash } from '../policy/data/json.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { fitTo } from './fit.ts'
import { endingOf, headed } from './head.ts'
import { type Loss, lossOf } from './losses.ts'
import { readPlace } from './place.ts'
import type { ForeignTarget, OwnTarget, ServerPlace, TargetRow } from './row.ts'
import { policySource } from './source.ts'
import { rowOf, type TargetName } from './table.ts'

/** A file that {@link compile} writes. */
export interface CompiledFile {
  /** The name of the file, such as `cors.conf`. */
  readonly path: string
  readonly text: string
}

/** A policy in the language of a target. */
export interface Compilation {
  /**
   * The files; the first holds the policy. Empty if the target can express no entry of `origins`:
   * then `losses` says why.
   */
  readonly files: readonly CompiledFile[]
  /** What the target cannot express. The files then allow less than the policy, never more. */
  readonly losses: readonly Loss[]
  /** Sentences that say where the text goes, which lines to remove, and how it is proven. */
  readonly notes: readonly string[]
}

/** Options of {@link compile}. */
export interface CompileOptions {
  /**
   * The origin of the API behind the server, such as `http://127.0.0.1:3000`. With `listen`, the
   * first file is a whole configuration with which the server starts.
   */
  readonly upstream?: string
  /** The address and the port on which the server listens, such as `127.0.0.1:8080`. */
  readonly listen?: string
}

/**
 * Writes a policy for a server, a framework, a gateway or a bucket.
 *
 * The text never allows more than the policy. What a target cannot express is left out and listed
 * in `losses`. The head of the text names the policy by its hash.
 *
 * @param policy The policy.
 * @param target The target; {@link targets} lists them.
 * @param options Where a whole configuration listens, and what stands behind it.
 * @returns The files, the losses, and notes for people.
 * @throws {CorsPolicyError} for a policy with a defect
 * @throws {TypeError} for options that are not understood, or that the target has no use for
 *
 * @example
 * ```ts
 * import { compile } from 'corsmith/targets'
 *
 * const { files, losses } = compile({ origins: ['https://app.example.com'] }, 'nginx')
 * files[0]?.text // # Policy …
 * losses // []
 * ```
 */
export function compile(policy: CorsPolicy, target: TargetName, options: CompileOptions = {}): Compilation {
  const row = rowOf(target)
  const checked = validatePolicy(policy)
  const place = readPlace(options)
  const { text, losses, notes, fitted } = written(row, checked, place, [nameOf(checked)])
  if (text === null) return { files: [], losses, notes }
  const whole = place !== null && row.by === 'itself' ? row.whole?.file : undefined
  const data = row.by === 'itself' && fitted !== null ? row.data?.(fitted) : undefined
  const file = { path: whole ?? `cors.${endingOf(row.language)}`, text: `${text}\n` }
  const files = data === undefined ? [file] : [{ path: 'cors.json', text: `${JSON.stringify(data, null, 2)}\n` }, file]
  return { files, losses, notes }
}

/**
 * Writes a policy as one text: what {@link compile} writes, or, for a policy that the target cannot
 * express, the reasons as comments.
 *
 * @param policy The policy.
 * @param target The target.
 * @returns The text.
 * @throws {CorsPolicyError} for a policy with a defect
 *
 * @example
 * ```ts
 * import { compileText } from 'corsmith/targets'
 *
 * compileText({ origins: ['https://app.example.com'] }, 'nginx') // # Where: The maps go into http { } …
 * ```
 */
export function compileText(policy: CorsPolicy, target: TargetName): string {
  return textOf(validatePolicy(policy), target, [nameOf(policy)])
}

/**
 * Writes a policy as one text, with lines of one's own at its head instead of the name of the
 * policy.
 */
export function textOf(policy: CorsPolicy, target: TargetName, named: readonly string[]): string {
  const row = rowOf(target)
  const { text, head } = written(row, policy, null, named)
  return text ?? headed(row.language, [...head, 'No entry is left, so there is nothing to paste.'], '')
}

function nameOf(policy: CorsPolicy): string {
  return `Policy ${hash(policy)}, written by corsmith.`
}

interface Written {
  /** Null if no entry of `origins` is left. */
  readonly text: string | null
  readonly head: readonly string[]
  readonly losses: readonly Loss[]
  readonly notes: readonly string[]
  readonly fitted: ReturnType<typeof fitTo> | null
}

function written(
  row: TargetRow<TargetName>,
  policy: CorsPolicy,
  place: ServerPlace | null,
  named: readonly string[],
): Written {
  const notes = notesOf(row)
  if (typeof policy.origins === 'function') {
    const losses = [lossOf('origin-predicate')]
    const head = [...named, ...notes, ...losses.map(({ what }) => `Not said: ${what}.`)]
    return { text: null, head, losses, notes, fitted: null }
  }
  if (row.by === 'corsmith') {
    if (place !== null) throw new TypeError(`upstream and listen do nothing for ${row.title}: leave them out`)
    const head = [...named, ...notes]
    return { text: headed(row.language, head, row.write(policySource(policy))), head, losses: [], notes, fitted: null }
  }
  if (place !== null && row.whole === undefined)
    throw new TypeError(`for ${row.title} there is no whole configuration: leave upstream and listen out`)
  const fitted = fitTo(policy, row.can)
  const { losses } = fitted
  const head = [...named, ...notes, ...losses.map(({ what }) => `Not said: ${what}.`)]
  if (!fitted.anyOrigin && fitted.origins.length === 0) return { text: null, head, losses, notes, fitted }
  const part = row.write(fitted)
  const body = place === null ? part : (row.whole?.write(part, place) ?? part)
  return { text: headed(row.language, head, body), head, losses, notes, fitted }
}

function notesOf(row: OwnTarget | ForeignTarget): readonly string[] {
  const { install, where, removes, note, proof, title } = row
  return [
    ...(install == null ? [] : [`Install: ${install}`]),
    `Where: ${where}`,
    removes,
    ...(note === undefined ? [] : [`Note: ${note}`]),
    ...(proof === 'run' ? [] : [`This text follows what is published about ${title}; the tests do not run it.`]),
  ]
}
