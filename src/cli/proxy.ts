/// <reference types="node" />
import type { Server } from 'node:http'
import { parseArgs } from 'node:util'
import { createProxyServer } from '../../adapters/node-proxy.ts'
import { createFromFile } from './explain.ts'
import { atMost, MAX_TIMEOUT, oneOf, wholeNumber } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { COMMAND_OPTIONS } from './options.ts'
import { readPolicyFile } from './policy-file.ts'
import { policyFromOptions } from './policy-options.ts'
import { listen } from './serve.ts'

/**
 * Runs `corsmith proxy`: the edge proxy in front of an API, on loopback, with the policy of
 * production.
 */
export async function proxyCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options: COMMAND_OPTIONS.proxy, allowPositionals: true })
  const [upstream] = positionals
  if (upstream === undefined)
    throw new UsageError('no upstream: corsmith proxy http://127.0.0.1:5000 --origins http://localhost:5173')
  atMost(1, positionals)
  const policy = values.policy === undefined ? policyFromOptions(values) : await readPolicyFile(values.policy)
  if (policy === null) throw new UsageError('no policy: --policy policy.json, or --origins http://localhost:5173')
  const cors = createFromFile(policy, values.policy ?? 'the command line')
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
      cors,
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
  io.print(`${listening.url} → ${upstream}`)
  await io.untilStopped()
  await listening.close()
  return EXIT.ok
}

/**
 * Lists the host names that may address the proxy. With DNS rebinding, a stranger's name leads to
 * this machine, and its page could read the answers.
 */
function hostsOf(allowed: readonly string[] = [], publicOrigin?: string): readonly string[] {
  const known = publicOrigin === undefined ? [] : [URL.parse(publicOrigin)?.hostname ?? '']
  return [...allowed.map((host) => host.toLowerCase()), ...known]
}
