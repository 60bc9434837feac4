/** Many policies in one start of a target: each text is pasted into an application or a server of its own, on a port of its own. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { Stage } from '../../diagnose/stage.ts'
import type { Launched } from '../../support/launched.ts'

/** What runs. */
export interface Farm {
  /** The origin under which each text answers, in their order. */
  readonly origins: readonly string[]
  close(): Promise<void>
}

/** Starts a target with texts pasted into it. */
export type Open = (texts: readonly string[]) => Promise<Farm>

/** Makes a farm of a start that takes one text. */
export function eachAlone(start: (text: string) => Promise<Stage>): Open {
  return async (texts) => {
    const stages = await Promise.all(texts.map(start))
    return {
      origins: stages.map(({ origin }) => origin),
      close: async () => {
        await Promise.all(stages.map((each) => each.close()))
      },
    }
  }
}

/** Finds ports that nothing listens on. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** Waits until something answers; a configuration that is refused ends the command, and says why. */
export async function listening(command: Launched, url: string, text: string): Promise<void> {
  let hasEnded = false
  command.ended.then(() => {
    hasEnded = true
  })
  for (let i = 0; i < 2_400 && !hasEnded; i++) {
    const isThere = await fetch(url, { redirect: 'manual' }).then(
      async (response) => {
        await response.body?.cancel()
        return true
      },
      () => false,
    )
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await command.close()
  const said = `${command.child.spawnargs.join(' ')} does not answer:\n${(await command.ended).output}`
  throw new Error(`${said.slice(0, 20_000)}\n${text.slice(0, 20_000)}`)
}
