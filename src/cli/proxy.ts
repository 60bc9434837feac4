/// <reference types="node" />
import type { Server } from 'node:http'
import { parseArgs } from 'node:util'
import { createProxyServer } from '../../adapters/node-proxy.ts'
import { leastPolicy } from '../learn/least-policy.ts'
import { createTally } from '../learn/tally.ts'
import { developmentLog } from '../operate/development-log.ts'
import { observe } from '../operate/observe.ts'
import { createSwappable, type SwappableCors } from '../operate/swap.ts'
import { checkPolicy } from '../policy/check.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { show } from '../policy/values.ts'
import { type AnyCors, isSync } from '../server/ready.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { createFromFile } from './explain.ts'
import { atMost, MAX_TIMEOUT, oneOf, wholeNumber } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { LEARNING, learning } from './learning.ts'
import { printLeast } from './policy.ts'
import { readPolicyFile } from './policy-file.ts'
import { policyFromOptions } from './policy-options.ts'
import { printRoutes, routesIn } from './routes.ts'
import { listen } from './serve.ts'
import { watchPolicy } from './watch.ts'

/**
 * Runs `corsmith proxy`: the edge proxy in front of an API, on loopback. `--policy` brings the
 * policy of production. With `--origins` alone the policy is one for development.
 */
export async function proxyCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options: COMMAND_OPTIONS.proxy, allowPositionals: true })
  const [upstream] = positionals
  if (upstream === undefined)
    throw new UsageError('no upstream: corsmith proxy http://127.0.0.1:5000 --origins http://localhost:5173')
  atMost(1, positionals)
  const given = policyFromOptions(values)
  const isLearning = values.learn === true && given === null && values.policy === undefined
  if (given === null && values.policy === undefined && !isLearning)
    throw new UsageError('no policy: --policy policy.json, or --origins http://localhost:5173')
  if (given !== null && values.policy !== undefined)
    throw new UsageError('one policy at a time: use --policy, or --origins and the options for lists')
  const policy = isLearning
    ? LEARNING
    : given === null
      ? await readPolicyFile(values.policy ?? '')
      : forDevelopment(given, values['no-credentials'] === true && values.credentials !== true)
  const place = values.policy ?? 'the command line'
  const fixed = routesIn(policy, place) ?? createFromFile(policy, place)
  const swappable = values.watch === true ? swappableOf(fixed, values.policy) : null
  const chosen = swappable ?? fixed
  const tally = createTally()
  const forwardOrigin = oneOf('--forward-origin', values['forward-origin'] ?? 'strip', [
    'strip',
    'keep',
    'rewrite',
  ] as const)
  const publicOrigin = values['public-origin']
  let server: Server
  try {
    server = createProxyServer({
      upstream,
      cors: observe<AnyCors>(values.learn ? learning(chosen, tally) : chosen, developmentLog(io.print)),
      forwardOrigin,
      hosts: hostsOf(values['allow-host'], publicOrigin),
      ...(publicOrigin === undefined ? {} : { publicOrigin }),
      timeoutMs: wholeNumber('--timeout', values.timeout, 30, [1, MAX_TIMEOUT]) * 1000,
    }) as Server
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
  const port = wholeNumber('--port', values.port, 8788, [0, 65535])
  const listening = await listen(server, port)
  if ('policy' in chosen)
    for (const [option, value] of Object.entries(chosen.policy)) io.print(`  ${option}: ${show(value)}`)
  else printRoutes(chosen, null, false, io)
  io.print(`${listening.url} → ${upstream}`)
  const endWatch = swappable === null ? () => {} : watchPolicy(place, swappable, io.print)
  await io.untilStopped()
  endWatch()
  await listening.close()
  if (values.learn) printLeast(leastPolicy(tally.all(), 1), given ?? undefined, false, io)
  return EXIT.ok
}

/** @throws {UsageError} for a policy that cannot be read again */
function swappableOf(cors: AnyCors, path: string | undefined): SwappableCors {
  if (path === undefined || !/\.jsonc?$/i.test(path) || !isSync(cors))
    throw new UsageError('--watch needs --policy with a .json file that holds one policy')
  return createSwappable(cors.policy)
}

/**
 * Completes a policy for development: pages may write JSON, and their cookies are sent. Cookies are
 * left out where a policy with them would have a defect, such as for `'*'` and for `http:` origins
 * in the network.
 */
function forDevelopment(given: CorsPolicy, withoutCookies: boolean): CorsPolicy {
  const policy = { methods: ['PUT', 'PATCH', 'DELETE'], requestHeaders: ['Content-Type', 'Authorization'], ...given }
  const withCookies = { ...policy, credentials: true }
  const isSafe = checkPolicy(withCookies).every(({ severity }) => severity !== 'error')
  return withoutCookies || !isSafe ? policy : withCookies
}

/**
 * Lists the host names that may address the proxy. With DNS rebinding, a stranger's name leads to
 * this machine, and its page could read the answers.
 */
function hostsOf(allowed: readonly string[] = [], publicOrigin?: string): readonly string[] {
  const known = publicOrigin === undefined ? [] : [URL.parse(publicOrigin)?.hostname ?? '']
  return [...allowed.map((host) => host.toLowerCase()), ...known]
}
