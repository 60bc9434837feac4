import { canAsk, isHttp, lacksCause, messageArguments } from '../diagnose/messages/command.ts'
import { recognizeMessage } from '../diagnose.ts'
import { readOrigin } from './input.ts'
import { type Io, UsageError } from './io.ts'
import { namesPage, pastedArguments } from './pasted.ts'

/** An {@link Io} with someone to ask. */
type Terminal = Io & Required<Pick<Io, 'ask'>>

/** What answers a command line: `check`, which this file must not import. */
type Check = (argv: readonly string[], io: Io) => Promise<number>

/**
 * Asks in a terminal what to examine: a line of the console, a URL or a copied request. It is the
 * answer to a command line that says nothing. A program never gets here, because it has no terminal.
 *
 * @param io A terminal.
 * @param check Runs `corsmith check`.
 * @returns The exit code.
 */
export async function askWhat(io: Terminal, check: Check): Promise<number> {
  io.print('What does the browser block? Paste the red line of its console, a URL, or "Copy as cURL".')
  const pasted = (await io.ask('> '))?.trim()
  if (pasted === undefined || pasted === '') throw new UsageError('nothing was pasted: see corsmith --help')
  const [kind, ...rest] = pastedArguments(pasted)
  if (kind !== '--message') return check([kind, ...rest, ...(await originFor([kind, ...rest].join(' '), io))], io)
  const code = await check([kind, ...rest], io)
  const message = recognizeMessage(pasted)
  if (message === null || !canAsk(message) || !isHttp(message.redirectedFrom ?? message.url)) return code
  const isWanted = /^(?:|y|yes)$/i.test((await io.ask('Ask the server now? [Y/n] '))?.trim() ?? 'n')
  if (!isWanted) return code
  const origin = message.origin === null ? await askOrigin(io) : message.origin
  const [, ...argv] = messageArguments({ ...message, origin })
  return check([...argv, ...(lacksCause(message) ? await askCause(io) : [])], io)
}

/** A copied request names the page in a header, if the page is of another origin. */
async function originFor(pasted: string, io: Terminal): Promise<readonly string[]> {
  return namesPage(pasted) ? [] : ['--origin', await askOrigin(io)]
}

/** A method or a header caused the preflight, and the line names neither. */
async function askCause({ ask }: Terminal): Promise<readonly string[]> {
  const method = (await ask('Method of the request, such as PUT (GET): '))?.trim().toUpperCase() ?? ''
  const names = (await ask('Headers that the page sets, such as Authorization, Content-Type: ')) ?? ''
  const headers = names.split(/[\s,]+/).filter((name) => /^[\w-]+$/.test(name))
  const value = (name: string) => (/^content-type$/i.test(name) ? 'application/json' : 'x')
  return [...(method === '' ? [] : ['-X', method]), ...headers.flatMap((name) => ['-H', `${name}: ${value(name)}`])]
}

async function askOrigin({ ask, print }: Terminal): Promise<string> {
  for (let tries = 0; tries < 3; tries++) {
    const answer = (await ask('Address of the page that asks, such as http://localhost:3000: '))?.trim()
    if (answer === undefined) break
    try {
      if (answer !== '') return readOrigin(answer)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      print(error.message)
    }
  }
  throw new UsageError('no origin of a page: --origin https://app.example.com')
}

/** Tells whether there is a terminal to ask. */
export function canBeAsked(io: Io): io is Terminal {
  return io.ask !== undefined
}
