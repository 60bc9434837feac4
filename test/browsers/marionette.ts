/**
 * A client for Marionette, Firefox's own remote protocol: the only way to its privileged context, where the browser console can
 * be read. Wire format: `<length>:<json>`; requests [0, id, name, parameters], answers [1, id, error, result].
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const PREFERENCES = {
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'app.update.disabledForTesting': true,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'dom.max_script_run_time': 0,
}

/** A running Firefox. */
export interface Firefox {
  readonly version: string
  command(name: string, parameters?: object): Promise<{ value: unknown }>
  close(): Promise<void>
}

/** Finds a port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts Firefox and a session in it. */
export async function startMarionette(executablePath: string): Promise<Firefox> {
  const profile = mkdtempSync(path.join(tmpdir(), 'firefox-'))
  const port = await freePort()
  writeFileSync(
    path.join(profile, 'user.js'),
    Object.entries({ ...PREFERENCES, 'marionette.port': port })
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
      .join('\n'),
  )
  // --remote-allow-system-access: without it the privileged context is refused.
  const args = [
    '--headless',
    '--no-remote',
    '--marionette',
    '--remote-allow-system-access',
    '--profile',
    profile,
    'about:blank',
  ]
  const firefox = spawn(executablePath, args, { stdio: 'ignore' })
  const ended = new Promise((resolve) => firefox.once('exit', resolve))
  const socket = await connect(port, 30_000)
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let received = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const colon = received.indexOf(':')
      if (colon < 0) return
      const end = colon + 1 + Number(received.subarray(0, colon).toString())
      if (received.length < end) return
      const message: unknown = JSON.parse(received.subarray(colon + 1, end).toString())
      received = received.subarray(end)
      if (!Array.isArray(message)) continue // the greeting
      const [, id, error, result] = message
      if (error) waiting.get(id)?.reject(new Error(`${error.error}: ${error.message}`))
      else waiting.get(id)?.resolve(result as never)
      waiting.delete(id)
    }
  })
  let lastId = 0
  const command = <T>(name: string, parameters: object = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      const text = JSON.stringify([0, id, name, parameters])
      socket.write(`${Buffer.byteLength(text)}:${text}`)
    })
  const session = await command<{ capabilities: { browserVersion: string } }>('WebDriver:NewSession', {
    acceptInsecureCerts: true,
  })
  await command('WebDriver:SetTimeouts', { script: 120_000 })
  return {
    version: session.capabilities.browserVersion,
    command,
    async close() {
      await command('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {})
      socket.destroy()
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }) // child processes linger a moment
    },
  }
}

async function connect(port: number, milliseconds: number): Promise<net.Socket> {
  for (const end = Date.now() + milliseconds; ; ) {
    try {
      return await new Promise((resolve, reject) => {
        const socket = net.connect(port, '127.0.0.1', () => resolve(socket))
        socket.once('error', reject)
      })
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
