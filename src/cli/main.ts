import { printable } from '../diagnose/report/printable.ts'
import { check } from './check.ts'
import { diff } from './diff.ts'
import { explain } from './explain.ts'
import { init } from './init.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { lint } from './lint.ts'
import { createPaint } from './paint.ts'
import { proxy } from './proxy.ts'
import { USAGE } from './usage.ts'
import { VERSION } from './version.ts'
import { why } from './why.ts'

type Command = (argv: readonly string[], io: Io) => number | Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = { check, explain, lint, diff, init, proxy, why }

/**
 * Runs the command line, and tells with which code to exit. Whatever the user wrote, what ends badly ends in a line, never in a stack
 * trace.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv
  if (name === '--version' || name === '-V') {
    io.print(VERSION)
    return EXIT.ok
  }
  if (name === undefined || name === 'help' || argv.includes('--help') || argv.includes('-h')) {
    io.print(USAGE)
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  try {
    if (command === undefined)
      throw new UsageError(`${JSON.stringify(name.slice(0, 60))} is no command: ${Object.keys(COMMANDS).join(', ')}`)
    return await command(rest, io)
  } catch (error) {
    return complain(error, io)
  }
}

function complain(error: unknown, io: Io): number {
  const paint = createPaint({ ...io, isTerminal: io.showsProgress })
  const isArguments = String((error as { code?: unknown })?.code ?? '').startsWith('ERR_PARSE_ARGS')
  if (error instanceof UsageError || isArguments) {
    const lines = (error as Error).message.split('\n').map(printable)
    // What parseArgs adds about "--" helps nobody here.
    const text = isArguments ? (lines[0] ?? '').replace(/\. To specify a positional argument.*/, '') : lines.join('\n')
    io.warn(`${paint('red', 'corsmith:')} ${text}\n`)
    return EXIT.usage
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  io.warn(
    `${paint('red', 'corsmith:')} ${printable(message.split('\n')[0] ?? '')}: this is a defect of corsmith; please report it\n`,
  )
  return EXIT.untested
}
