import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { launch } from '../support/launched.ts'
import { descendantsOf, isRunning } from '../support/processes.ts'
import { refusesConnections, send } from '../support/raw-http.ts'
import { ANY_PORTS, readUrls, START, startAll } from '../support/started.ts'

const TEN_SECONDS = 10_000

describe('npm start, ending', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves no process and no open port after %s', async (signal) => {
    const started = await startAll()
    const below = descendantsOf(started.command.child.pid ?? 0)
    expect(below.map(({ command }) => command).join('\n')).toContain('workerd')
    const asked = Date.now()
    started.command.child.kill(signal)
    expect(await started.command.ended).toMatchObject({
      code: 0,
      output: expect.stringContaining(`stopping: ${signal}`),
    })
    expect(Date.now() - asked).toBeLessThan(TEN_SECONDS)
    expect(below.filter(({ pid }) => isRunning(pid))).toEqual([])
    for (const url of [started.page, started.edge, started.origin, started.stranger])
      expect(await refusesConnections(url)).toBe(true)
  })

  it('leaves nothing when it is killed outright', async () => {
    const started = await startAll()
    const below = descendantsOf(started.command.child.pid ?? 0)
    started.command.child.kill('SIGKILL')
    await started.command.ended
    await expect.poll(() => below.filter(({ pid }) => isRunning(pid)), { timeout: TEN_SECONDS }).toEqual([])
  })

  it("ends when npm's shell ends without a word", async () => {
    // A list makes the shell stay between, as npm's does.
    const script = `"${process.execPath}" "${START}" ${ANY_PORTS.join(' ')}; true`
    const command = launch('/bin/sh', ['-c', script], { npm_lifecycle_event: 'start' })
    const { page, edge, origin } = await readUrls(command)
    const below = descendantsOf(command.child.pid ?? 0)
    command.child.kill('SIGKILL')
    await expect.poll(() => below.filter(({ pid }) => isRunning(pid)), { timeout: TEN_SECONDS }).toEqual([])
    for (const url of [page, edge, origin]) expect(await refusesConnections(url)).toBe(true)
  })

  it('says so when wrangler ends by itself', async () => {
    const started = await startAll()
    const wrangler = descendantsOf(started.command.child.pid ?? 0).filter(({ command }) =>
      command.includes('wrangler-dist'),
    )
    // The keeper has the command among its arguments; wrangler is the one that it started.
    for (const { pid, parent } of wrangler)
      if (wrangler.some((other) => other.pid === parent)) process.kill(pid, 'SIGKILL')
    const { code, output } = await started.command.ended
    expect(code).toBe(1)
    expect(output).toContain('wrangler ended by itself')
    expect(await refusesConnections(started.origin)).toBe(true)
  })
})

describe('npm start, choosing ports', () => {
  it('takes other ports than taken ones, and says so', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const taken = typeof address === 'object' && address !== null ? String(address.port) : ''
    try {
      const ports = ['page', 'edge', 'origin', 'stranger', 'endpoint'].flatMap((name) => [`--${name}-port`, taken])
      const started = await startAll(ports)
      expect((await send(`${started.edge}/api/users`)).status).toBe(200)
      await started.command.close()
      const { output } = await started.command.ended
      for (const what of ['the page', 'the edge', 'the API', "the stranger's page", 'the test endpoint'])
        expect(output).toMatch(new RegExp(`^port ${taken} is taken: ${what} is on \\d+$`, 'm'))
    } finally {
      server.close()
    }
  })

  it('refuses a port that is none', async () => {
    const { code, output } = await launch(process.execPath, [START, '--edge-port', '70000']).ended
    expect(code).toBe(1)
    expect(output).toBe('--edge-port: "70000": a port is a whole number from 0 to 65535\n')
  })
})
