/** The edge worker of `wrangler.toml` under `wrangler dev`. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { isFree } from './listen.ts'

/** An edge worker that answers. */
export interface Edge {
  readonly url: string
  /** Resolves when wrangler has ended, with all that it printed. */
  readonly ended: Promise<string>
  /** Stops wrangler and what it started. */
  close(): Promise<void>
}

/** What an edge worker is started with. */
export interface EdgeOptions {
  /** The port to have; 0 for any. Another is taken where it is not free. */
  readonly port: number
  /** Variables of the worker, which go before those of `wrangler.toml`. */
  readonly vars: Readonly<Record<string, string>>
  /** Ends the wait for a start. */
  readonly signal: AbortSignal
  /** Is given each line wrangler prints once it runs that is not about its own doings. */
  readonly onLine: (line: string) => void
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The program that runs another and leaves nothing of it behind. */
export const KEEPER: string = fileURLToPath(new URL('keeper.ts', import.meta.url))
const LONGEST_START = 60_000

/** What wrangler says when all is well: who it is, which requests came, that it reads changed files. */
const CHATTER = /^\s*$|^\[wrangler:info\]|^⎔|^╭|^╰|^─|⛅️|^Your Worker has access|^Binding |^env\./

/**
 * Starts the edge worker and waits until it listens.
 *
 * @throws when wrangler ends or is silent instead; the message holds what it printed.
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const port = (await isFree(options.port)) ? options.port : 0
  const child = spawnWrangler(port, options.vars)
  const lines: string[] = []
  const ended = once(child, 'close').then(() => lines.join('\n'))
  const close = async (): Promise<void> => {
    child.stdin?.destroy()
    await ended
  }
  const limit = AbortSignal.any([options.signal, AbortSignal.timeout(LONGEST_START)])

  try {
    const url = await new Promise<string>((resolve, reject) => {
      let ready = false
      const take = (raw: string): void => {
        const line = stripVTControlCharacters(raw)
        lines.push(line)
        const found = / Ready on (http:\/\/\S+)/.exec(line)?.[1]
        if (ready && !CHATTER.test(line)) options.onLine(line)
        if (found === undefined) return
        ready = true
        resolve(found)
      }
      for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', take)
      ended.then((output) => reject(new Error(`wrangler ended before it was ready:\n${output}`)))
      limit.addEventListener('abort', () => reject(new Error(`wrangler was not ready in time:\n${lines.join('\n')}`)))
    })
    return { url, ended, close }
  } catch (error) {
    await close()
    throw error
  }
}

function spawnWrangler(port: number, vars: Readonly<Record<string, string>>): ChildProcess {
  // The main file of the package is the command itself; its bin is a launcher that would stand between us and it.
  const wrangler = createRequire(import.meta.url).resolve('wrangler')
  const flags = ['--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0']
  const settings = Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`])
  const child = spawn(process.execPath, [KEEPER, process.execPath, wrangler, 'dev', ...flags, ...settings], {
    cwd: ROOT,
    // A group of its own: Ctrl-C in a terminal goes to every process of the group, and the order of ending is ours.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    // No network for Request.cf, no notice about telemetry.
    env: { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' },
  })
  // Whoever exits without waiting for close() wants it ended now.
  process.once('exit', () => child.kill())
  return child
}
