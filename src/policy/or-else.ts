/** Gives what a function returns, or something else where it throws: what an owner hands over may be a proxy that throws at a look. */
export function orElse<T, E>(get: () => T, other: E): T | E {
  try {
    return get()
  } catch {
    return other
  }
}
