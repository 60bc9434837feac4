import { printable } from './printable.ts'

/** An annotation of GitHub Actions. */
interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly text: string
  /** The file of the annotation. */
  readonly file?: string
}

/**
 * Writes an annotation on one line. Line breaks in the text are escaped.
 *
 * @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export function annotation({ level, title, text, file }: Annotation): string {
  const place = file === undefined ? '' : `file=${property(file)},`
  return `::${level} ${place}title=${property(title)}::${data(text)}`
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
