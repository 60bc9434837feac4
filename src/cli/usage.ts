import { COMMAND_OPTIONS, type CommandName, type CommandOption } from './command-options.ts'

interface Usage {
  /** Says in a few words what the command does. */
  readonly summary: string
  /** The forms of the command line, without `corsmith`. */
  readonly forms: readonly string[]
  readonly example: string
}

/** What the help says about each command, in the order in which it lists them. */
const COMMANDS: Readonly<Record<CommandName, Usage>> = {
  check: {
    summary: 'find out why a browser blocks a request, and what to change',
    forms: [
      'check <url> --origin <origin> [options]',
      'check --curl | --fetch | --har | --message | --expect | --openapi | --routes …',
      'check - < pasted.txt',
    ],
    example: "check https://api.example.com/users --origin https://app.example.com -X PUT -H 'X-Id: 1'",
  },
  explain: {
    summary: 'say how a policy answers a request; no server is asked',
    forms: ['explain <policy> [url] --origin <origin> [options]', 'explain <policy> [url] --routes'],
    example: 'explain policy.json --origin https://app.example.com -X PUT',
  },
  lint: {
    summary: 'list the defects and warnings of a policy',
    forms: ['lint <policy> [options]'],
    example: 'lint policy.json --fail-on warning',
  },
  diff: {
    summary: 'compare two policies; exit with 1 where the second allows more',
    forms: ['diff <before> <after> [options]'],
    example: 'diff before.json after.json',
  },
  shadow: {
    summary: 'count what a candidate policy changes; exit with 1 where pages notice',
    forms: ['shadow report <file> … [options]'],
    example: 'shadow report shadow.log',
  },
  init: {
    summary: 'write a policy for a server or framework; without a target, list them',
    forms: ['init [target] [options]'],
    example: 'init nginx --origins https://app.example.com --credentials',
  },
  compile: {
    summary: 'write a policy for a server, framework, gateway or bucket; never wider',
    forms: ['compile <target> <policy> [options]', 'compile js <policy> [-o cors.js]', 'compile'],
    example: 'compile nginx policy.json -o /etc/nginx/cors.conf',
  },
  import: {
    summary: "read a server's configuration or application code as a policy; never wider",
    forms: ['import [target] <file> [options]'],
    example: 'import nginx /etc/nginx/nginx.conf',
  },
  migrate: {
    summary: "turn another library's options into a policy, and list what changes",
    forms: ['migrate --from <library> <options.json | source file> … [options]'],
    example: 'migrate --from express server.js',
  },
  policy: {
    summary: 'write the least policy for an API description, an archive or an access log',
    forms: ['policy --from <openapi.json | traffic.har | access.log> [options]'],
    example: 'policy --from openapi.json --origins https://app.example.com',
  },
  why: {
    summary: 'explain a code of a report or an error',
    forms: ['why <code> …'],
    example: 'why origin-null',
  },
  mcp: {
    summary: 'answer a coding agent over stdio (Model Context Protocol)',
    forms: ['mcp'],
    example: 'mcp',
  },
  completion: {
    summary: 'print the script that completes command lines in bash, zsh or fish',
    forms: ['completion bash | zsh | fish'],
    example: 'completion bash',
  },
  proxy: {
    summary: 'run a proxy that answers for the CORS of an API',
    forms: ['proxy <upstream> --origins <origins> | --policy <file> | --learn [options]'],
    example: 'proxy http://127.0.0.1:5000 --origins http://localhost:5173',
  },
}

/** The names of the commands, in the order of the help. */
export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS) as CommandName[]

/** Says in a few words what a command does. */
export function summaryOf(name: CommandName): string {
  return COMMANDS[name].summary
}

/** What `corsmith --help` prints. */
export const USAGE: string = [
  'corsmith: why a browser blocks a request, and what to change',
  '',
  ...COMMAND_NAMES.map((name) => `  corsmith ${name.padEnd(10)} ${COMMANDS[name].summary}`),
  '',
  'corsmith <command> --help lists the options of a command.',
  'corsmith --version prints the version.',
  '',
  'exit codes: 0 shared · 1 blocked · 2 shared, with findings at or above --fail-on',
  '            3 not tested (DNS, TLS, refused, timeout) · 64 usage',
].join('\n')

/**
 * Writes the help of one command: its forms, its options and an example.
 *
 * @param name The command.
 * @returns Lines of at most 100 columns.
 */
export function usageOf(name: CommandName): string {
  const { summary, forms, example } = COMMANDS[name]
  const options: readonly (readonly [string, CommandOption])[] = Object.entries(COMMAND_OPTIONS[name])
  const labels = options.map(([option, row]) => labelOf(option, row))
  const width = Math.max(0, ...labels.map((label) => label.length))
  const rows = options.flatMap(([, { group, help }], i) => [
    ...(group === undefined ? [] : ['', group]),
    `  ${(labels[i] ?? '').padEnd(width)}  ${help}`,
  ])
  return [
    `corsmith ${name}: ${summary}`,
    '',
    ...forms.map((form) => `  corsmith ${form}`),
    // A command without groups still needs a line between its forms and its options.
    ...(rows.length > 0 && rows[0] !== '' ? [''] : []),
    ...rows,
    '',
    'Example',
    `  corsmith ${example}`,
  ].join('\n')
}

/** Writes `-X, --method <method>`; a value that brings its own quotes gets no brackets. */
function labelOf(option: string, { short, value }: CommandOption): string {
  const shown = value === undefined ? '' : value.startsWith("'") ? ` ${value}` : ` <${value}>`
  return `${short === undefined ? '    ' : `-${short}, `}--${option}${shown}`
}
