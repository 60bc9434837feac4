/** WebKitGTK under Xvfb, spoken to in plain WebDriver over HTTP. It tells nothing but the outcome. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { MissingBrowser, type RealBrowser } from './engine.ts'
import { runAll, runStep } from './in-page.ts'
import { freePort } from './marionette.ts'
import type { StepResult } from './scenario.ts'

/** Starts display, driver and browser, with a page open. */
export async function startWebKit(pageUrl: string): Promise<RealBrowser> {
  const driverPath = process.env.WEBKIT_DRIVER_PATH ?? '/usr/bin/WebKitWebDriver'
  const browserPath = process.env.WEBKIT_BROWSER_PATH ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'
  for (const needed of [driverPath, browserPath, '/usr/bin/Xvfb'])
    if (!existsSync(needed)) throw new MissingBrowser(needed)
  const display = await startXvfb()
  const port = await freePort()
  const env = { ...process.env, DISPLAY: display.name }
  const driver = spawn(driverPath, [`--port=${port}`], { stdio: 'ignore', env })
  // Every call has a time limit: without a display the driver never answers a request for a new session.
  const call = async (method: string, path: string, body?: object): Promise<never> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(150_000),
    })
    const { value } = (await response.json()) as { value: never }
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }
  for (let tries = 0; ; tries++) {
    try {
      await call('GET', '/status')
      break
    } catch (error) {
      if (tries === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const created: { sessionId: string; capabilities: { browserVersion: string } } = await call('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        browserName: 'MiniBrowser',
        acceptInsecureCerts: true,
        'webkitgtk:browserOptions': { binary: browserPath, args: ['--automation'] },
      },
    },
  })
  const session = `/session/${created.sessionId}`
  await call('POST', `${session}/timeouts`, { script: 120_000 })
  await call('POST', `${session}/url`, { url: pageUrl })
  return {
    name: 'webkit',
    version: created.capabilities.browserVersion,
    run: async (scenarios) => {
      const script = `const done = arguments[3]; (${runAll})(arguments[0], arguments[1], arguments[2]).then(done, (e) => done(String(e)))`
      return (await call('POST', `${session}/execute/async`, {
        script,
        args: [`(${runStep})`, scenarios, 24],
      })) as StepResult[][]
    },
    evaluate: (expression) =>
      call('POST', `${session}/execute/async`, {
        script: `const done = arguments[0]; Promise.resolve().then(() => globalThis.eval(${JSON.stringify(expression)})).then(done, (e) => done(String(e)))`,
        args: [],
      }),
    reasons: async () => ({ codes: [], lines: [] }),
    async close() {
      await call('DELETE', session).catch(() => {})
      driver.kill()
      display.stop()
    },
  }
}

/** Starts a virtual display on a free number, directly: `xvfb-run` can leave processes behind. */
async function startXvfb(): Promise<{ readonly name: string; stop(): void }> {
  const xvfb: ChildProcess = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise<string>((resolve, reject) => {
    xvfb.once('error', reject)
    xvfb.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    ;(xvfb.stdio[3] as Readable).once('data', (data) => resolve(String(data).trim()))
  })
  return {
    name: `:${number}`,
    stop: () => {
      xvfb.removeAllListeners('exit')
      xvfb.kill()
    },
  }
}
