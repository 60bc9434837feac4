/** The applications of docs/frameworks.md: each section's code blocks that begin with the name of a file. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../runtimes/paths.ts'

const PAGE: string = join(ROOT, 'docs', 'frameworks.md')

export const readPage = (): string => readFileSync(PAGE, 'utf8')

/** The text below a heading of the second level. */
export function sectionOf(page: string, heading: string): string {
  const start = page.indexOf(`\n## ${heading}\n`)
  if (start < 0) throw new Error(`docs/frameworks.md has no section ${heading}`)
  const end = page.indexOf('\n## ', start + 1)
  return page.slice(start, end < 0 ? undefined : end)
}

/** The files of a section, by name. The first line of a block names its file, as a comment. */
export function filesOf(section: string): Readonly<Record<string, string>> {
  const blocks = [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  const files = blocks.flatMap(([, , code = '']) => {
    const name = /^(?:\/\/|#|<!--) ([\w./[\]$+-]+\.\w+)(?:,.*)?(?: -->)?\n/.exec(code)?.[1]
    return name === undefined ? [] : [[name, code] as const]
  })
  if (files.length === 0) throw new Error(`a section has no file: ${section.slice(0, 60)}`)
  return Object.fromEntries(files)
}

/** The packages that a section tells the reader to install. */
export function installedBy(section: string): readonly string[] {
  const line = /^npm (?:install|i) (.+)$/m.exec(section)?.[1]
  if (line === undefined) return []
  return line.split(/\s+/).map((name) => name.replace(/(?<=.)@[\w.]+$/, ''))
}
