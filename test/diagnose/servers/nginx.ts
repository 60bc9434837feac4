import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stage } from '../stage.ts'

/** Finds a port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Runs a real nginx with what stands in `server { }`, and `http { }` around it. */
export async function nginx(server: string, http = ''): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-nginx-'))
  const port = await freePort()
  mkdirSync(join(folder, 'www'))
  writeFileSync(join(folder, 'www', 'data.json'), '{}')
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ')
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
  access_log off; ${temp} root ${folder}/www;
  proxy_cache_path ${folder}/cache keys_zone=zone:1m;
  ${http}
  server { listen 127.0.0.1:${port}; ${server} }
}`,
  )
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await answers(`http://127.0.0.1:${port}/`)
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      child.kill('SIGTERM')
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until a server answers, whatever it says. */
export async function answers(url: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const isThere = await fetch(url, { redirect: 'manual' }).then(
      async (response) => {
        await response.body?.cancel()
        return true
      },
      () => false,
    )
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${url} does not answer`)
}
