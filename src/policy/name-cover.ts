/** Makes a test for header names that a pattern of the same list covers. */
export function nameCover(names: ReadonlySet<string>): (name: string) => boolean {
  const heads = new Set<string>()
  for (const name of names) if (isPattern(name)) heads.add(name.slice(0, -1).toLowerCase())
  const lengths = [...new Set(Array.from(heads, (head) => head.length))]
  return (name) => {
    const text = (isPattern(name) ? name.slice(0, -1) : name).toLowerCase()
    // A pattern stands for one character at least, so it covers what is longer than its own text.
    return lengths.some((length) => length < text.length && heads.has(text.slice(0, length)))
  }
}

function isPattern(name: string): boolean {
  return name.length > 1 && name.endsWith('*')
}
