import { clip, quoted } from '../diagnose/page-request.ts'
import { printable } from '../diagnose/report/printable.ts'
import { redactSaid } from '../diagnose/report/redact.ts'
import { check } from './check.ts'
import { diff } from './diff.ts'
import { explain } from './explain.ts'
import { init } from './init.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { lint } from './lint.ts'
import { mcp } from './mcp.ts'
import { createPaint } from './paint.ts'
import { proxy } from './proxy.ts'
import { USAGE } from './usage.ts'
import { VERSION } from './version.ts'
import { why } from './why.ts'

type Command = (argv: readonly string[], io: Io) => number | Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = {
  check,
  explain,
  lint,
  diff,
  init,
  why,
  mcp,
  proxy: (argv, io) => proxy(argv, { ...io, print: (text) => io.print(said(text)) }),
}

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
      throw new UsageError(`${quoted(name)} is no command: ${Object.keys(COMMANDS).join(', ')}`)
    return await command(rest, io)
  } catch (error) {
    return complain(error, io)
  }
}

/** More than anybody reads in one line. */
const LONGEST_LINE = 600

/** What is quoted in a complaint is shown, never obeyed, and without secrets. A line break in it begins no line. */
function said(line: string): string {
  return printable(redactSaid(line))
}

function complain(error: unknown, io: Io): number {
  const paint = createPaint({ ...io, isTerminal: io.showsProgress })
  const isArguments = String((error as { code?: unknown })?.code ?? '').startsWith('ERR_PARSE_ARGS')
  if (error instanceof UsageError || isArguments) {
    // What parseArgs adds about "--" helps nobody here.
    const message = (error as Error).message.replace(/\. To specify a positional argument.*/s, '')
    const details = error instanceof UsageError ? error.details : []
    io.warn(`${paint('red', 'corsmith:')} ${[clip(message, LONGEST_LINE), ...details].map(said).join('\n')}\n`)
    return EXIT.usage
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  io.warn(
    `${paint('red', 'corsmith:')} ${said(clip(message.split('\n')[0] ?? '', LONGEST_LINE))}: this is a defect of corsmith; please report it\n`,
  )
  return EXIT.untested
}
