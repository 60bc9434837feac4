/** Many policies in one start of a target: each text is pasted into an application or a server of its own, on a port of its own. */
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

/** Finds ports that nothing listens on, below those that the system gives to connections while they are free. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    const port = 11_000 + Math.floor(Math.random() * 20_000)
    if (!ports.has(port) && (await isFree(port))) ports.add(port)
  }
  return [...ports]
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
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
  throw new Error(`${said.slice(0, 4_000)}\n${text.slice(0, 4_000)}`)
}
