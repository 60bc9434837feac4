/** The parts of an entry of `origins` by which it is looked up. */
export interface WideEntry {
  readonly kind: 'exact' | 'any-port' | 'any-host' | 'pattern'
  readonly text: string
  readonly scheme: string
  /** The text before the `*` of a pattern: `https://`, or `https://app-`. */
  readonly before: string
  /** The text after the `*` of a pattern: `.example.com`, with a port if there is one. */
  readonly behind: string
  /** Whether the entry ends in `:*`. */
  readonly anyPort: boolean
  /** Whether the `*` of a pattern is the whole first label. Then it matches one or more labels. */
  readonly wholeLabels: boolean
}

/** Takes an entry apart that was checked, or is about to be. */
export function wideEntry(text: string): WideEntry {
  const [scheme = '', host] = text.split(':')
  const anyPort = text.endsWith(':*')
  const [before = '', ...after] = text.slice(0, anyPort ? -2 : undefined).split('*')
  const [behind = ''] = after
  const bare = anyPort ? 'any-port' : 'exact'
  const kind = host === '//*' ? 'any-host' : after.length > 0 ? 'pattern' : bare
  const wholeLabels = before.endsWith('/') && behind.startsWith('.')
  return { kind, text, scheme, before, behind, anyPort, wholeLabels }
}
