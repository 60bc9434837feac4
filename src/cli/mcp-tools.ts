/// <reference types="node" />
import { toJson } from '../diagnose.ts'
import { duplicateKeys } from '../policy/data/json.ts'
import type { PolicyIssue } from '../policy/types.ts'
import { checkCommand } from './check.ts'
import { explainRequest } from './explain.ts'
import { refine } from './input.ts'
import { type Io, UsageError } from './io.ts'
import { checkFully, issuesJson } from './lint.ts'
import { VERSION } from './version.ts'

/** The longest text that a tool reads as a policy. */
const MAX_POLICY = 1_000_000

/** The arguments of a call, checked against the tool's schema. */
export interface ToolArguments {
  readonly message?: string
  readonly url?: string
  readonly origin?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly credentials?: string
  readonly reads?: readonly string[]
  readonly target?: string
  readonly policy?: unknown
}

/** A tool of `corsmith mcp`. It returns the JSON that the matching command prints with `--json`. */
export interface Tool {
  readonly name: string
  readonly title: string
  readonly description: string
  /** The arguments, as JSON Schema. */
  readonly inputSchema: { readonly type: 'object'; readonly [key: string]: unknown }
  /** Whether the tool sends requests to a server. */
  readonly isOpenWorld: boolean
  /**
   * Runs the tool.
   *
   * @throws {UsageError} for arguments that contradict one another
   */
  readonly run: (given: ToolArguments, io: Io) => Promise<unknown>
}

const TEXT = (description: string) => ({ type: 'string', description }) as const

const REQUEST = {
  url: TEXT('Absolute URL that the page requests, such as https://api.example.com/users'),
  origin: TEXT('Origin of the page, such as https://app.example.com; "null" for a file: page'),
  method: TEXT('Method of the request; default GET'),
  headers: {
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Headers that the page sets, such as {"Content-Type": "application/json"}',
  },
  credentials: { type: 'string', enum: ['omit', 'same-origin', 'include'], description: 'Default: same-origin' },
  reads: { type: 'array', items: { type: 'string' }, description: 'Names of response headers that the page reads' },
} as const

const POLICY = {
  description: 'A corsmith policy: an object such as {"origins": ["https://app.example.com"]}, or its JSON text',
  type: ['object', 'string'],
} as const

/** The tools that an agent can call. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'explain_message',
    title: 'Explain a browser console line',
    description:
      'Says what a console line about CORS (or about what looks like CORS) means, what to do first, and which check finds the cause. Takes lines of Chrome, Firefox and Safari as people paste them.',
    inputSchema: {
      type: 'object',
      properties: { message: TEXT('The console line, or several lines') },
      required: ['message'],
      additionalProperties: false,
    },
    isOpenWorld: false,
    run: ({ message }, io) => printed(checkCommand, [`--message=${message}`, '--json'], io),
  },
  {
    name: 'check_url',
    title: 'Check a live server',
    description:
      'Requests a URL as a page of an origin would, and says what Chrome, Firefox and Safari do with the answers, the cause and the fix. Sends GET, HEAD and OPTIONS only.',
    inputSchema: {
      type: 'object',
      properties: {
        ...REQUEST,
        target: TEXT('What to write the fix for, such as nginx or express; default: what the server shows'),
      },
      required: ['url', 'origin'],
      additionalProperties: false,
    },
    isOpenWorld: true,
    run: (given, io) => printed(checkCommand, checkArguments(given), io),
  },
  {
    name: 'lint_policy',
    title: 'Check a policy',
    description: 'Lists every defect and warning of a policy, each with its place, the reason and the corrected value.',
    inputSchema: { type: 'object', properties: { policy: POLICY }, required: ['policy'], additionalProperties: false },
    isOpenWorld: false,
    async run(given, io) {
      const { policy, issues } = readPolicy(given.policy)
      return issuesJson('policy', [...issues, ...(await checkFully(policy, io))])
    },
  },
  {
    name: 'explain_policy',
    title: 'Ask what a policy does with a request',
    description:
      "Says whether a page's request is shared under a policy, in Chrome, Firefox and Safari, why not, and which change of the policy would share it. Needs no server.",
    inputSchema: {
      type: 'object',
      properties: { policy: POLICY, ...REQUEST },
      required: ['policy', 'origin'],
      additionalProperties: false,
    },
    isOpenWorld: false,
    async run(given) {
      const { policy, issues } = readPolicy(given.policy)
      const [twice] = issues
      if (twice !== undefined) throw new UsageError(twice.message)
      const { url = 'https://api.example.com/', origin, method, credentials, reads } = given
      const request = refine({ url }, { origin, method, credentials, reads, header: headerLines(given) })
      const explanation = await explainRequest(policy, 'policy', request)
      const { decision, edit, alternative, asks, shared } = explanation
      return { ...toJson(explanation, VERSION), decision, shared, edit, alternative, asks }
    },
  },
]

/**
 * Builds the command line of a check. Each value is part of its option, so no value can be read as
 * another option.
 */
function checkArguments(given: ToolArguments): readonly string[] {
  const { url = '', origin, method, credentials, reads, target } = given
  const options = { origin, method, credentials, for: target, reads: reads?.join(',') }
  return [
    ...Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ...headerLines(given).map((line) => `--header=${line}`),
    '--json',
    '--',
    url,
  ]
}

function headerLines({ headers = {} }: ToolArguments): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
}

/**
 * Reads a policy that was passed as data or as JSON text. A key that the text holds twice is an
 * issue.
 */
function readPolicy(given: unknown): { readonly policy: unknown; readonly issues: readonly PolicyIssue[] } {
  if (typeof given !== 'string') return { policy: given, issues: [] }
  if (given.length > MAX_POLICY) throw new UsageError(`the policy is longer than ${MAX_POLICY} characters`)
  try {
    return { policy: JSON.parse(given), issues: duplicateKeys(given) }
  } catch (error) {
    throw new UsageError(`the policy is not JSON: ${(error as Error).message}`)
  }
}

/** Runs a command and parses the JSON that it prints. */
async function printed(
  command: (argv: readonly string[], io: Io) => number | Promise<number>,
  argv: readonly string[],
  io: Io,
): Promise<unknown> {
  let text = ''
  await command(argv, { ...io, isTerminal: false, showsProgress: false, print: (line) => (text += `${line}\n`) })
  return JSON.parse(text)
}
