import type { Fitted } from './can.ts'

// The values of headers, and expressions for what a preflight asks, as configurations hold them.

/** Returns the value of `Access-Control-Allow-Methods` if it does not depend on the request. */
export function methodsField({ anyMethod, methods }: Fitted): string {
  return anyMethod ? '*' : methods.join(', ')
}

/** Returns the value of `Access-Control-Allow-Headers` if it does not depend on the request. */
export function headersField(policy: Fitted): string {
  return headerNames(policy).join(', ')
}

/** Returns every name of {@link headersField}. */
export function headerNames({ anyHeader, requestHeaders }: Fitted): readonly string[] {
  return [...(anyHeader ? ['*'] : []), ...requestHeaders]
}

/** Returns every name of `Access-Control-Expose-Headers`. */
export function exposedNames({ anyExposed, exposedHeaders }: Fitted): readonly string[] {
  return anyExposed ? ['*'] : exposedHeaders
}

/** The characters of a header name, without quotes, which configurations cannot hold. */
export const NAME_CHARACTER = '[!#$%&*+.^_|~0-9A-Za-z-]'

/** Returns whether the answer must repeat the names that a preflight asks for. */
export function echoesHeaders({ anyHeader, credentials, headerPrefixes }: Fitted): boolean {
  return (anyHeader && credentials) || headerPrefixes.length > 0
}

/**
 * Returns an expression for the whole list of a preflight that is allowed. Use it without regard to
 * case.
 */
export function askedHeaders({ anyHeader, requestHeaders, headerPrefixes }: Fitted): string {
  const escaped = (name: string) => name.toLowerCase().replaceAll('.', '\\.')
  // Each name has one way to match, so that a long list that fails takes no longer than its length.
  const covered = (name: string, prefixes: readonly string[]) =>
    prefixes.some((prefix) => name.toLowerCase().startsWith(prefix.toLowerCase()) && name.length > prefix.length)
  const prefixes = headerPrefixes.filter((prefix) => !covered(prefix, headerPrefixes))
  const names = requestHeaders.filter((name) => !covered(name, prefixes))
  const one = anyHeader
    ? `${NAME_CHARACTER}+`
    : `(${[...names.map(escaped), ...prefixes.map((name) => `${escaped(name)}${NAME_CHARACTER}+`)].join('|')})`
  return `^${one}([ ]*,[ ]*${one})*$`
}

/**
 * Returns an expression that finds `Authorization` in the list of a preflight; null if it is
 * allowed, or not covered anyway.
 */
export function refusedHeader({ anyHeader, requestHeaders }: Fitted): string | null {
  const isListed = requestHeaders.some((name) => name.toLowerCase() === 'authorization')
  return anyHeader && !isListed ? '(^|[, ])authorization([, ]|$)' : null
}
