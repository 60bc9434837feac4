import type { Language } from './row.ts'

/** How a comment begins and ends in each language, and the ending of its files. */
const LANGUAGES: Readonly<Record<Language, readonly [open: string, close: string, ending: string]>> = {
  ts: ['// ', '', 'ts'],
  js: ['// ', '', 'js'],
  php: ['// ', '', 'php'],
  java: ['// ', '', 'java'],
  csharp: ['// ', '', 'cs'],
  go: ['// ', '', 'go'],
  python: ['# ', '', 'py'],
  ruby: ['# ', '', 'rb'],
  nginx: ['# ', '', 'conf'],
  apache: ['# ', '', 'conf'],
  caddy: ['# ', '', 'caddyfile'],
  haproxy: ['# ', '', 'cfg'],
  vcl: ['# ', '', 'vcl'],
  yaml: ['# ', '', 'yaml'],
  sh: ['# ', '', 'sh'],
  xml: ['<!-- ', ' -->', 'xml'],
}

const COLUMNS = 100

/** Returns the ending of a file in a language, without its dot. */
export function endingOf(language: Language): string {
  return LANGUAGES[language][2]
}

/** Puts sentences as comments above a text. */
export function headed(language: Language, sentences: readonly string[], text: string): string {
  const [open, close] = LANGUAGES[language]
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
