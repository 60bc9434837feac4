import type { CorsPolicy } from '../../policy/types.ts'
import { fitTo } from './fit.ts'
import { policySource } from './source.ts'
import type { Language } from './target.ts'
import { rowOf, type Target } from './targets.ts'

/** A policy, written for a target. */
export interface Written {
  /** What to paste, with a head of comments: where it goes, what has to go, and what could not be said. */
  readonly text: string
  /** What the target cannot say, in sentences. The text allows less there, never more. */
  readonly losses: readonly string[]
  /** Where the text goes, in a sentence. */
  readonly where: string
  /** Which other CORS lines have to go, in a sentence. */
  readonly removes: string
}

/** Writes a policy for a target, and says what comes with it; null for what has no configuration of its own. */
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
    isEmpty ? [...head, 'Nothing is left to allow, so there is nothing to paste.'] : head,
    isEmpty ? '' : row.write(fitted),
  )
  return { text, losses: fitted.losses, where, removes }
}

/**
 * Writes a policy for a target; null for what has no configuration of its own. What the target cannot say is named in the head of the
 * text, and left out.
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

/** How a line of comment begins and ends. */
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

/** Two dashes end a comment of XML, and a question mark with a bracket ends PHP, even in a comment. */
function commentable(sentence: string, language: Language): string {
  if (language === 'xml') return sentence.replaceAll('--', '- -')
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
