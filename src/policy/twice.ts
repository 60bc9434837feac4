import { sourceIssue } from './issue.ts'
import type { PolicyIssue } from './types.ts'

/** What a JSON text is made of, as far as keys are concerned: a text, or a character that begins, ends or separates. */
const PIECES = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs

/** An object or a list that is open while a text is read. */
interface Open {
  /** The keys seen so far; null in a list. */
  readonly keys: Set<string> | null
  /** Where it is: the key, or the index, of what comes next. */
  at: string | number
}

/**
 * Finds the keys that stand twice in an object, in a text that is JSON. `JSON.parse` takes the last of them, and a reader sees the first:
 * a policy that lists its origins at the top could be open to everybody at the end.
 */
export function keysTwice(text: string): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  const open: Open[] = []
  let last = ''
  for (const [piece] of text.matchAll(PIECES)) {
    const here = open.at(-1)
    if (piece === '{') open.push({ keys: new Set(), at: '' })
    else if (piece === '[') open.push({ keys: null, at: 0 })
    else if (piece === '}' || piece === ']') open.pop()
    else if (piece === ',' && typeof here?.at === 'number') here.at += 1
    else if (piece === ':' && here?.keys) {
      // The same key may be spelled with escapes.
      here.at = String(JSON.parse(last))
      if (here.keys.has(here.at))
        issues.push(
          sourceIssue(
            open.map(({ at }) => at),
            here.at,
            'key-twice',
          ),
        )
      here.keys.add(here.at)
    }
    last = piece
  }
  return issues
}
