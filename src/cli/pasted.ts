import { isHttp } from '../diagnose/messages/command.ts'
import { parseCommands, recognizeMessage } from '../diagnose.ts'
import { UsageError } from './io.ts'

/** A command copied from the network panel, or from a terminal with its prompt. */
const CURL = /^\s*(?:\$\s*)?(?:curl|wget|http|https|Invoke-WebRequest)\s/i

/** A call of a client in source code. */
const CALL = /\bfetch\s*\(|\b(?:axios|ky|ofetch|\$fetch|\$|jQuery)\b.{0,40}\(|\bXMLHttpRequest\b/

/** The first line of an answer: as `curl -i` prints it, and with the marks of `curl -v`. */
const ANSWER = /^(?:< )?HTTP\/\d(?:\.\d)? \d{3}\b/m

/**
 * Says what a pasted text is, as arguments of `corsmith check`: a line of a console or a log, a URL, a
 * copied command or a call from source code.
 *
 * @param text The pasted text.
 * @returns The arguments; the address of the page may still be missing.
 * @throws {UsageError} for the answer of a server without its request
 */
export function pastedArguments(text: string): readonly [string, ...string[]] {
  const pasted = text.trim()
  const command = beforeAnswer(pasted)
  if (CURL.test(command) && reads(parseCommands, command)) return ['--curl', command]
  if (isHttp(pasted) && !/\s/.test(pasted)) return [pasted]
  if (recognizeMessage(pasted) !== null) return ['--message', pasted]
  if (CALL.test(pasted)) return ['--fetch', pasted]
  if (CURL.test(command)) return ['--curl', command]
  if (ANSWER.test(pasted)) {
    throw new UsageError(
      'this is the answer of a server, without the request: corsmith asks the server itself: npx corsmith check <url> --origin <page>, with -X and -H as the page sends it',
    )
  }
  return ['--message', pasted]
}

/** Returns whether a pasted request names its page. Browsers copy it as a header or as the referrer. */
export function namesPage(pasted: string): boolean {
  return /\borigin['"^]*\s*[:=]|\breferr?er['"^]*\s*[:=]/i.test(pasted)
}

/** Removes the answer that a terminal prints below a command. */
function beforeAnswer(pasted: string): string {
  const place = ANSWER.exec(pasted)?.index ?? pasted.length
  return pasted
    .slice(0, place)
    .replace(/^\s*\$\s+/, '')
    .trim()
}

function reads(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}
