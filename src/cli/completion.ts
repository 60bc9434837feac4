import { CHOOSABLE } from '../diagnose.ts'
import { COMMAND_OPTIONS, type CommandName, type CommandOption } from './command-options.ts'
import { atMost, oneOf } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { COMMAND_NAMES, summaryOf } from './usage.ts'

/** The shells for which a script can be written, and how a user loads it. */
const SHELLS = {
  bash: 'source <(corsmith completion bash)',
  zsh: 'source <(corsmith completion zsh), after compinit',
  fish: 'corsmith completion fish | source',
} as const

type Shell = keyof typeof SHELLS

const SHELL_NAMES = Object.keys(SHELLS) as Shell[]

/** Runs `corsmith completion`: prints the script that completes command lines in a shell. */
export function completionCommand(argv: readonly string[], io: Io): number {
  const [shell] = argv
  atMost(1, argv)
  if (shell === undefined)
    throw new UsageError(
      'no shell: corsmith completion bash',
      SHELL_NAMES.map((name) => `  ${name.padEnd(5)} ${SHELLS[name]}`),
    )
  io.print(WRITERS[oneOf('completion', shell, SHELL_NAMES)]())
  return EXIT.ok
}

interface Completed extends CommandOption {
  readonly name: string
  /** The words that the value can be; empty where it is text or a file. */
  readonly choices: readonly string[]
}

function optionsOf(command: CommandName): readonly Completed[] {
  const rows: readonly (readonly [string, CommandOption])[] = Object.entries(COMMAND_OPTIONS[command])
  const help: CommandOption = { type: 'boolean', short: 'h', help: 'list the options' }
  return [...rows, ['help', help] as const].map(([name, row]) => ({
    ...row,
    name,
    choices: row.words ?? (row.value === 'target' ? CHOOSABLE : []),
  }))
}

/** The words that can stand after a command; empty where URLs or files do. */
function argumentsOf(command: CommandName): readonly string[] {
  return command === 'init' || command === 'compile'
    ? CHOOSABLE
    : command === 'completion'
      ? SHELL_NAMES
      : command === 'shadow'
        ? ['report']
        : []
}

const flagsOf = ({ name, short }: Completed): readonly string[] =>
  short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`]

/** Quotes a text for all three shells. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`
}

const WRITERS: Readonly<Record<Shell, () => string>> = { bash, zsh, fish }

// Without an answer of the function, bash completes file names: `-o default`.
function bash(): string {
  const values = COMMAND_NAMES.flatMap((command) =>
    optionsOf(command).flatMap((option) =>
      option.choices.length === 0
        ? []
        : [
            `    ${flagsOf(option)
              .map((flag) => `'${command} ${flag}'`)
              .join('|')}) words=${quoted(option.choices.join(' '))} ;;`,
          ],
    ),
  )
  const rest = COMMAND_NAMES.map((command) => {
    const flags = optionsOf(command).flatMap(flagsOf).join(' ')
    return `    ${command}) flags=${quoted(flags)}; words=${quoted(argumentsOf(command).join(' '))} ;;`
  })
  return `# bash completion of corsmith: ${SHELLS.bash}
_corsmith() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} flags='' words=''
  COMPREPLY=()
  # bash makes "=" a word of its own: --format=github.
  if [[ $cur == '=' ]]; then cur=''; elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ${quoted([...COMMAND_NAMES, 'help', '--help', '--version'].join(' '))} -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]} $prev" in
${values.join('\n')}
  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${rest.join('\n')}
    help) words=${quoted(COMMAND_NAMES.join(' '))} ;;
  esac
  if [[ $cur == -* ]]; then words=$flags; fi
  if [[ -n $words ]]; then COMPREPLY=($(compgen -W "$words" -- "$cur")); fi
}
complete -o default -F _corsmith corsmith`
}

/** Escapes what `_arguments` gives a meaning. */
const plain = (text: string): string => text.replaceAll(/[[\]:\\]/g, '\\$&')

function zsh(): string {
  const described = (names: readonly CommandName[]) =>
    names.map((name) => `    ${quoted(`${name}:${summaryOf(name)}`)}`).join('\n')
  const cases = COMMAND_NAMES.map((command) => {
    const rows = optionsOf(command).map((option) => {
      const flags = flagsOf(option)
      const both = flags.length === 1 || option.multiple ? '' : `(${flags.join(' ')})`
      const action =
        option.choices.length > 0 ? `(${option.choices.join(' ')})` : option.value === 'file' ? '_files' : ' '
      const value = option.type === 'boolean' ? '' : `:${plain(option.value ?? 'value')}:${action}`
      const spec = (flag: string) =>
        quoted(`${both}${option.multiple ? '*' : ''}${flag}[${plain(option.help)}]${value}`)
      return flags.map(spec).join(' ')
    })
    const words = argumentsOf(command)
    const rest = words.length > 0 ? `'1:word:(${words.join(' ')})'` : `'*:file:_files'`
    return `    ${command})\n      _arguments -s \\\n${[...rows, rest].map((row) => `        ${row}`).join(' \\\n')} ;;`
  })
  return `#compdef corsmith
# zsh completion of corsmith: ${SHELLS.zsh}
_corsmith() {
  local -a commands
  commands=(
${described(COMMAND_NAMES)}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
    help) _describe command commands ;;
  esac
}
compdef _corsmith corsmith`
}

function fish(): string {
  const lines = COMMAND_NAMES.flatMap((command) => {
    const of = `complete -c corsmith -n '__fish_seen_subcommand_from ${command}'`
    const words = argumentsOf(command)
    return [
      `complete -c corsmith -f -n __fish_use_subcommand -a ${command} -d ${quoted(summaryOf(command))}`,
      ...(words.length === 0 ? [] : [`${of} -f -a ${quoted(words.join(' '))}`]),
      ...optionsOf(command).map((option) => {
        const short = option.short === undefined ? '' : ` -s ${option.short}`
        const text = option.value === 'file' ? ' -rF' : ' -x'
        const value =
          option.type === 'boolean' ? '' : option.choices.length > 0 ? ` -xa ${quoted(option.choices.join(' '))}` : text
        return `${of}${short} -l ${option.name}${value} -d ${quoted(option.help)}`
      }),
    ]
  })
  return [`# fish completion of corsmith: ${SHELLS.fish}`, ...lines].join('\n')
}
