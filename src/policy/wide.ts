/** The parts of an entry of `origins` by which it is looked up. */
export type WideEntry =
  | { readonly kind: 'exact' | 'any-port' | 'any-host'; readonly text: string; readonly scheme: string }
  | {
      readonly kind: 'pattern'
      readonly text: string
      readonly scheme: string
      /** The text before the `*`: `https://`, or `https://app-`. */
      readonly before: string
      /** The text after the `*`: `.example.com`, with a port if there is one. */
      readonly behind: string
      /** Whether the entry ends in `:*`. */
      readonly anyPort: boolean
      /** Whether the `*` is the whole first label. Then it matches one or more labels. */
      readonly wholeLabels: boolean
    }

/** Takes an entry apart that was checked, or is about to be. */
export function wideEntry(text: string): WideEntry {
  const [scheme = '', host = ''] = text.split(':')
  const anyPort = text.endsWith(':*')
  const [before = '', behind] = text.slice(0, anyPort ? -2 : undefined).split('*')
  if (host === '//*') return { kind: 'any-host', text, scheme }
  if (behind === undefined) return { kind: anyPort ? 'any-port' : 'exact', text, scheme }
  const wholeLabels = before.endsWith('/') && behind.startsWith('.')
  return { kind: 'pattern', text, scheme, before, behind, anyPort, wholeLabels }
}
