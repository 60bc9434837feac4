import type { Fitted } from './can.ts'

/** Quotes for Java, C#, Go, YAML and JSON alike. */
export function double(text: string): string {
  return JSON.stringify(text)
}

/** Quotes for Python, Ruby, PHP and TypeScript. */
export function single(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** A regular expression for Python: raw where it can be, which is how people read them. */
export function pythonRaw(text: string): string {
  return text.includes("'") ? single(text) : `r'${text}'`
}

/** A regular expression for PHP, in whose single quotes a backslash stands for itself before most characters. */
export function phpRaw(text: string): string {
  return /['\\]$|'|\\\\/.test(text) ? single(text) : `'${text}'`
}

/** Quoted names in a row. */
export function list(names: readonly string[], quote: (text: string) => string): string {
  return names.map(quote).join(', ')
}

/** The value of `Access-Control-Allow-Methods`, where it does not depend on the request. */
export function methodsField({ anyMethod, methods }: Fitted): string {
  return anyMethod ? '*' : methods.join(', ')
}

/** The value of `Access-Control-Allow-Headers`, where it does not depend on the request. */
export function headersField(policy: Fitted): string {
  return headerNames(policy).join(', ')
}

/** Every name of {@link headersField}. */
export function headerNames({ anyHeader, requestHeaders }: Fitted): readonly string[] {
  return [...(anyHeader ? ['*'] : []), ...requestHeaders]
}

/** Every name of `Access-Control-Expose-Headers`. */
export function exposedNames({ anyExposed, exposedHeaders }: Fitted): readonly string[] {
  return anyExposed ? ['*'] : exposedHeaders
}

/** Lines in front of which a text stands. */
export function indent(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`)
}

/** What may stand in a header's name; neither quote is among it, since no configuration could hold it. */
export const NAME_CHARACTER = '[!#$%&*+.^_|~0-9A-Za-z-]'

/** Whether the list of a preflight must be held against what it asks for. */
export function echoesHeaders({ anyHeader, credentials, headerPrefixes }: Fitted): boolean {
  return (anyHeader && credentials) || headerPrefixes.length > 0
}

/** What the list of a preflight must match, whole, to be allowed as it is. To be used without regard to case. */
export function askedHeaders({ anyHeader, requestHeaders, headerPrefixes }: Fitted): string {
  const escaped = (name: string) => name.toLowerCase().replaceAll('.', '\\.')
  const one = anyHeader
    ? `${NAME_CHARACTER}+`
    : `(${[...requestHeaders.map(escaped), ...headerPrefixes.map((name) => `${escaped(name)}${NAME_CHARACTER}+`)].join('|')})`
  return `^${one}([ ]*,[ ]*${one})*$`
}

/** What finds `Authorization` in the list of a preflight; null where it is allowed, or not covered anyway. */
export function refusedHeader({ anyHeader, requestHeaders }: Fitted): string | null {
  const isListed = requestHeaders.some((name) => name.toLowerCase() === 'authorization')
  return anyHeader && !isListed ? '(^|[, ])authorization([, ]|$)' : null
}
