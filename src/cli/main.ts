import { clip, quoted } from '../diagnose/page-request.ts'
import { printable } from '../diagnose/report/printable.ts'
import { redactSaid } from '../diagnose/report/redact.ts'
import { canBeAsked } from './ask.ts'
import { checkCommand } from './check.ts'
import { COMMAND_OPTIONS, type CommandName } from './command-options.ts'
import { compileCommand } from './compile.ts'
import { completionCommand } from './completion.ts'
import { diffCommand } from './diff.ts'
import { explainCommand } from './explain.ts'
import { importCommand } from './import.ts'
import { initCommand } from './init.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { lintCommand } from './lint.ts'
import { mcpCommand } from './mcp.ts'
import { migrateCommand } from './migrate.ts'
import { createPaint } from './paint.ts'
import { policyCommand } from './policy.ts'
import { proxyCommand } from './proxy.ts'
import { shadowCommand } from './shadow.ts'
import { didYouMean } from './suggest.ts'
import { COMMAND_NAMES, USAGE, usageOf } from './usage.ts'
import { VERSION } from './version.ts'
import { whyCommand } from './why.ts'

type Command = (argv: readonly string[], io: Io) => number | Promise<number>

const COMMANDS: Readonly<Record<CommandName, Command>> = {
  check: checkCommand,
  explain: explainCommand,
  lint: lintCommand,
  diff: diffCommand,
  shadow: shadowCommand,
  init: initCommand,
  import: importCommand,
  migrate: migrateCommand,
  compile: compileCommand,
  policy: policyCommand,
  why: whyCommand,
  mcp: mcpCommand,
  completion: completionCommand,
  proxy: (argv, io) => proxyCommand(argv, { ...io, print: (text) => io.print(safeText(text)) }),
}

/**
 * Runs a command line. An error ends in one line, never in a stack trace.
 *
 * @param argv The words after `corsmith`.
 * @param io The streams and the environment.
 * @returns The exit code.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv
  if (name !== undefined && VERSION_WORDS.includes(name)) {
    io.print(VERSION)
    return EXIT.ok
  }
  const wantsHelp = name === 'help' || argv.some((word) => word === '--help' || word === '-h')
  // `corsmith --help check` asks for the help of check, too.
  const topic = name === 'help' || (name === '--help' && rest.length > 0) ? rest[0] : name
  if (topic === undefined || topic.startsWith('-')) {
    if (topic !== undefined && !wantsHelp) return complain(new UsageError(unknownCommand(topic)), io)
    if (name === undefined && canBeAsked(io)) return attempt('check', [], io)
    io.print(USAGE)
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  if (!isCommand(topic)) return complain(new UsageError(unknownCommand(topic)), io)
  if (wantsHelp) {
    io.print(usageOf(topic))
    return EXIT.ok
  }
  return attempt(topic, rest, io)
}

async function attempt(command: CommandName, argv: readonly string[], io: Io): Promise<number> {
  try {
    return await COMMANDS[command](argv, io)
  } catch (error) {
    return complain(error, io, command)
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name)
}

function unknownCommand(name: string): string {
  if (/^https?:\/\//i.test(name)) return `write the command first: npx corsmith check ${quoted(name)} --origin <page>`
  return `${quoted(name)} is not a command${didYouMean(name, COMMAND_NAMES)}: ${COMMAND_NAMES.join(', ')}`
}

/** What people write to see the version. */
const VERSION_WORDS: readonly string[] = ['--version', '-V', '-v', 'version']

/** The longest message that is printed. Longer ones are cut. */
const LONGEST_LINE = 600

/** Makes quoted text safe for a terminal: without secrets, escape sequences and line breaks. */
function safeText(line: string): string {
  return printable(redactSaid(line))
}

/** Suggests an option of the command, and says where all of them are listed. */
function optionHint(option: string, command: CommandName): string {
  const known = Object.keys(COMMAND_OPTIONS[command]).map((name) => `--${name}`)
  return `${didYouMean(option, known)}; see corsmith ${command} --help`
}

function complain(error: unknown, io: Io, command?: CommandName): number {
  const paint = createPaint({ ...io, isTerminal: io.showsProgress })
  const isArguments = String((error as { code?: unknown })?.code ?? '').startsWith('ERR_PARSE_ARGS')
  if (error instanceof UsageError || isArguments) {
    // `parseArgs` adds advice about "--" that does not help here.
    const message = (error as Error).message
      .replace(/\. To specify a positional argument.*/s, '')
      .replace(/^Option '(?:-\w, )?(--[\w-]+) <value>' argument missing$/, '$1 needs a value')
    const option = /^Unknown option '(-[^']*)'/.exec(message)?.[1]
    const hint = option === undefined || command === undefined ? '' : optionHint(option, command)
    const details = error instanceof UsageError ? error.details : []
    io.warn(
      `${paint('red', 'corsmith:')} ${[clip(message, LONGEST_LINE) + hint, ...details].map(safeText).join('\n')}\n`,
    )
    return EXIT.usage
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  io.warn(
    `${paint('red', 'corsmith:')} ${safeText(clip(message.split('\n')[0] ?? '', LONGEST_LINE))}: this is a defect of corsmith; please report it\n`,
  )
  return EXIT.untested
}
