import type { CorsPolicy } from '../../policy/types.ts'
import { fitTo } from './fit.ts'
import { policySource } from './source.ts'
import type { Language } from './target.ts'
import { rowOf, type Target } from './targets.ts'

/** A policy in the language of a target. */
interface Written {
  /**
   * The text to paste. Comments at its head say where it goes, what to remove, and what it cannot
   * express.
   */
  readonly text: string
  /** Sentences about what the target cannot express. The text then allows less, never more. */
  readonly losses: readonly string[]
  /** A sentence that says where the text goes. */
  readonly where: string
  /** A sentence that says which other CORS lines to remove. */
  readonly removes: string
}

/**
 * Writes a policy for a target, with the sentences that belong to it.
 *
 * @param target The target.
 * @param policy The policy.
 * @returns The text; null for a target without a configuration.
 */
export function written(target: Target, policy: CorsPolicy): Written | null {
  const row = rowOf(target)
  if (row === null) return null
  const { language, where, removes, note } = row
  if (row.by === 'corsmith') {
    const text = headed(
      language,
      [`Where: ${where}`, removes, ...(note === undefined ? [] : [note])],
      row.write(policySource(policy)),
    )
    return { text, losses: [], where, removes }
  }
  const fitted = fitTo(policy, row.can)
  const head = [
    `Where: ${where}`,
    removes,
    ...(note === undefined ? [] : [`Note: ${note}`]),
    ...(row.proof === 'run'
      ? []
      : [`This text follows what is published about ${row.title}; the tests do not run it.`]),
    ...fitted.losses.map((loss) => `Not said: ${loss}.`),
  ]
  const isEmpty = !fitted.anyOrigin && fitted.origins.length === 0
  const text = headed(
    language,
    isEmpty ? [...head, 'No entry is left, so there is nothing to paste.'] : head,
    isEmpty ? '' : row.write(fitted),
  )
  return { text, losses: fitted.losses, where, removes }
}

/**
 * Writes a policy for a target. Comments at the head of the text name what the target cannot
 * express.
 *
 * @param target The framework, server, platform or bucket.
 * @param policy The policy.
 * @returns The text; null for a target without a configuration.
 * @throws {CorsPolicyError} for a policy with a defect
 *
 * @example
 * ```ts
 * import { snippet } from 'corsmith/diagnose'
 *
 * snippet('nginx', { origins: ['https://app.example.com'] }) // # Where: The maps go into http { } …
 * ```
 */
export function snippet(target: Target, policy: CorsPolicy): string | null {
  return written(target, policy)?.text ?? null
}

/** How a comment begins and ends in each language. */
const COMMENTS: Readonly<Record<Language, readonly [open: string, close: string]>> = {
  ts: ['// ', ''],
  php: ['// ', ''],
  java: ['// ', ''],
  csharp: ['// ', ''],
  go: ['// ', ''],
  python: ['# ', ''],
  ruby: ['# ', ''],
  nginx: ['# ', ''],
  apache: ['# ', ''],
  caddy: ['# ', ''],
  haproxy: ['# ', ''],
  yaml: ['# ', ''],
  sh: ['# ', ''],
  xml: ['<!-- ', ' -->'],
}

const COLUMNS = 100

function headed(language: Language, sentences: readonly string[], text: string): string {
  const [open, close] = COMMENTS[language]
  const lines = sentences
    .flatMap((sentence) => wrapped(commentable(sentence, language), COLUMNS - open.length))
    .map((line) => `${open}${line}${close}`)
  return [...(language === 'php' ? ['<?php'] : []), ...lines, ...(text === '' ? [] : [text])].join('\n')
}

/** Two dashes end an XML comment, and `?>` ends PHP even inside a comment. */
function commentable(sentence: string, language: Language): string {
  if (language === 'xml') return sentence.replace(/-(?=-)/g, '- ')
  return language === 'php' ? sentence.replaceAll('?>', '? >') : sentence
}

function wrapped(sentence: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of sentence.split(/\s+/)) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
