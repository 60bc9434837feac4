/// <reference types="node" />
import { parseArgs } from 'node:util'
import { clip } from '../diagnose/page-request.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { type Explanation, explain as explainPolicy, type PageRequest, toJson } from '../diagnose.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { createCors } from '../server/create.ts'
import type { Cors } from '../server/types.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { withPolicyOf } from './defects.ts'
import { atMost, refine } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { createPaint } from './paint.ts'
import { readPolicyFile } from './policy-file.ts'
import { policyAt, printRoutes, routesIn } from './routes.ts'
import { diagnosisText } from './text.ts'
import { VERSION } from './version.ts'

/** Runs `corsmith explain`: shows what a policy means for a page's request, without a server. */
export async function explainCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: COMMAND_OPTIONS.explain,
    allowPositionals: true,
  })
  const [path, url] = positionals
  if (path === undefined)
    throw new UsageError('no policy: corsmith explain policy.json --origin https://app.example.com')
  atMost(2, positionals)
  const read = await readPolicyFile(path)
  const routes = routesIn(read, path)
  if (values.routes) {
    if (routes === null) throw new UsageError(`${path} holds one policy, and no routes: leave --routes out`)
    return printRoutes(
      routes,
      url === undefined ? null : { method: values.method ?? 'GET', url },
      values.json === true,
      io,
    )
  }
  const paint = createPaint(io)
  const request = refine({ url: url ?? 'https://api.example.com/' }, values)
  const policy = routes === null ? read : policyAt(routes, request.method ?? 'GET', request.url)
  const explanation = await explainRequest(policy, path, request)
  const { decision, edit, alternative, asks, shared } = explanation
  if (values.json) {
    io.print(jsonText({ ...toJson(explanation, VERSION), decision, shared, edit, alternative, asks }))
  } else {
    const why = decision.shared
      ? `allowed by ${printable(clip(JSON.stringify(decision.rule)))}`
      : (decision.refusal ?? 'not a CORS request')
    const rest = [
      `The origin: ${why}`,
      ...(edit === null ? [] : [`The policy that shares it: ${said(edit)}`]),
      ...(alternative === null ? [] : [`Or, with a pattern for similar names: ${said(alternative)}`]),
      ...asks.map((ask) => `To decide: ${printable(ask)}`),
    ]
    io.print(`${diagnosisText(explanation, { paint, verbose: false, insecure: false })}\n\n${rest.join('\n')}`)
  }
  return shared ? EXIT.ok : EXIT.blocked
}

/**
 * Explains a request under a policy.
 *
 * @param policy The policy, as read from a file.
 * @param path The path of that file, for messages.
 * @param request The page's request.
 * @returns The explanation.
 * @throws {UsageError} for a policy with a defect, and for a request that no page can make
 */
export async function explainRequest(policy: unknown, path: string, request: PageRequest): Promise<Explanation> {
  const cors = createFromFile(policy, path)
  try {
    return await explainPolicy(cors, request)
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

/** Writes a policy on one line, ready to paste into its file. */
function said(policy: CorsPolicy): string {
  return printable(JSON.stringify(policy))
}

/**
 * Creates a `Cors` from data. A defect is the user's mistake.
 *
 * @throws {UsageError} for a policy with a defect
 */
export function createFromFile(policy: unknown, path: string): Cors {
  return withPolicyOf(path, () => createCors(policy as CorsPolicy))
}
