import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { describeWith } from '../../support/component.ts'
import { findRedis, startRedis } from '../../support/store-servers.ts'

const run = promisify(execFile)
const program = join(import.meta.dirname, 'program.ts')

/** Expects the whole contract, and the watch within 50 ms. */
function expectContract(title: string, output: string): void {
  expect(output.match(/^passed: /gm)).toHaveLength(4)
  const [, best, median] = /^best (\S+) median (\S+)$/m.exec(output) ?? []
  console.info(`${title}: from a write to another client's answers ${median} ms (median)`)
  expect(Number(best)).toBeLessThanOrEqual(50)
}

describe('denoKvStore()', () => {
  it('keeps the contract in Deno', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'corsmith-deno-kv-'))
    const flags = ['run', '-A', '--no-lock', '--unstable-kv', '--no-check']
    const { stdout } = await run('deno', [...flags, program, 'deno-kv', join(folder, 'kv.sqlite')])
    rmSync(folder, { recursive: true, force: true })
    expectContract('Deno KV', stdout)
  })
})

describe('memoryStore()', () => {
  it('keeps the contract', async () => {
    expectContract('memory', (await run(process.execPath, [program, 'memory'])).stdout)
  })
})

const redis = await findRedis()

describeWith([redis], 'redisStore()', () => {
  it('keeps the contract with the client of Bun', async () => {
    const server = await startRedis(redis)
    const { stdout } = await run('bun', ['run', program, 'bun-redis', `redis://127.0.0.1:${server.port}`])
    await server.close()
    expectContract('Redis by Bun', stdout)
  })
})
