/** What `npm start` starts, on free ports. */

import { fileURLToPath } from 'node:url'
import { type Launched, launch } from './launched.ts'

/** The file that `npm start` runs. */
export const START: string = fileURLToPath(new URL('../../examples/start.ts', import.meta.url))

/** Arguments that ask for no port in particular. */
export const ANY_PORTS = [
  '--page-port',
  '0',
  '--edge-port',
  '0',
  '--origin-port',
  '0',
  '--stranger-port',
  '0',
  '--endpoint-port',
  '0',
] as const

/** Everything that listens, and the command that started it. */
export interface Started {
  readonly page: string
  readonly edge: string
  readonly origin: string
  readonly stranger: string
  readonly playground: string
  readonly endpoint: string
  readonly command: Launched
}

/** Starts everything and waits until the URLs are printed. */
export async function startAll(args: readonly string[] = ANY_PORTS): Promise<Started> {
  const command = launch(process.execPath, [START, ...args])
  return { ...(await readUrls(command)), command }
}

/** Reads the URLs that a command prints. */
export async function readUrls(command: Launched): Promise<Omit<Started, 'command'>> {
  try {
    const url = async (pattern: RegExp): Promise<string> => (await command.waitFor(pattern))[1] ?? ''
    return {
      page: await url(/^page (http:\S+)$/m),
      edge: await url(/^edge (http:\S+)$/m),
      origin: await url(/^api (http:\S+)$/m),
      playground: await url(/^playground (http:\S+)$/m),
      endpoint: await url(/^endpoint (http:\S+)$/m),
      stranger: await url(/does not name.*: (http:\S+)$/m),
    }
  } catch (error) {
    await command.close()
    throw error
  }
}
