import type { Observer } from './observe.ts'
import type { RefusalRecord } from './record.ts'

/** Distinct refusals that are remembered. Beyond that the oldest may be printed again. */
const MAX_REMEMBERED = 256

/**
 * Prints each distinct refusal once, with the edit of the policy that would allow it. Pass it to
 * `observe` while you develop.
 *
 * ```
 * corsmith: blocked in the browser: PUT /items from https://app.example.com: add "PUT" to methods
 * ```
 *
 * @param print prints one line
 * @default console.warn
 *
 * @example
 * ```ts
 * import { developmentLog, observe } from 'corsmith/log'
 *
 * export const policy = observe({ origins: ['https://app.example.com'] }, developmentLog())
 * ```
 */
export function developmentLog(print: (line: string) => void = warn): Observer {
  const said = new Set<string>()
  return {
    onRefusal(record) {
      const { method, path, origin } = record
      const line = `${method} ${path ?? ''}`.trim()
      const key = JSON.stringify([record.code, origin, line, record.missing])
      if (said.has(key)) return
      if (said.size >= MAX_REMEMBERED) said.clear()
      said.add(key)
      print(`corsmith: blocked in the browser: ${line} from ${origin}: ${editFor(record)}`)
    },
  }
}

function warn(line: string): void {
  // biome-ignore lint/suspicious/noConsole: this log is for the terminal of a developer.
  console.warn(line)
}

/** Says which edit of the policy would allow a refused request, or why none does. */
export function editFor({ code, origin, missing }: RefusalRecord): string {
  switch (code) {
    case 'origin-not-allowed':
      return `add "${origin}" to origins`
    case 'origin-null':
      return 'a page without an origin sends null, which every site can; serve the page from a server'
    case 'origin-malformed':
    case 'origin-multiple':
    case 'origin-too-long':
      return 'the Origin field is not one serialized origin, so no browser sent it as it stands'
    case 'origin-predicate-failed':
      return 'the predicate failed; it has to return true or false'
    case 'policy-unavailable':
      return 'no policy was found for this request; see what resolve returned'
    case 'method-not-permitted':
    case 'header-not-permitted': {
      const names = missing.headers.map((name) => `"${name}"`).join(', ')
      const edits = [
        ...(missing.method === null ? [] : [`"${missing.method}" to methods`]),
        ...(names === '' ? [] : [`${names} to requestHeaders`]),
      ]
      return `add ${edits.join(' and ')}`
    }
  }
}
