/** An nginx in the foreground, with everything it writes in a folder of its own. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { listen } from '../../examples/start/listen.ts'
import { type Launched, launchKept } from './launched.ts'
import { send } from './raw-http.ts'

const TRIES = 5

/** An nginx that answers. */
export interface Nginx {
  readonly url: string
  close(): Promise<void>
}

/** Starts nginx with the inside of a `server` block. */
export async function startNginx(file: string, server: string): Promise<Nginx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nginx-'))
  for (let left = TRIES; ; left -= 1) {
    const url = await freeUrl()
    const config = path.join(folder, 'nginx.conf')
    await writeFile(config, configOf(new URL(url).port, folder, server))
    const command = launchKept(file, ['-c', config, '-p', folder, '-e', 'stderr'])
    const close = async (): Promise<void> => {
      await command.close()
      await rm(folder, { recursive: true, force: true })
    }
    if (await answers(url, command)) return { url, close }
    await close()
    if (left === 1) throw new Error(`nginx does not start:\n${(await command.ended).output}`)
  }
}

/** nginx cannot be asked for any free port: it gets one that was free a moment ago, and another where that was too long. */
async function freeUrl(): Promise<string> {
  const server = await listen(createServer(), 0)
  await server.close()
  return server.url
}

async function answers(url: string, command: Launched): Promise<boolean> {
  let hasEnded = false
  command.ended.then(() => {
    hasEnded = true
  })
  while (!hasEnded) {
    try {
      await send(url)
      return true
    } catch {
      // Not yet, or never: then the command ends.
    }
  }
  return false
}

function configOf(port: string, folder: string, server: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    ${server}
  }
}
`
}
