/** Firefox over Marionette, whose privileged context hears every CORS message with its category. */
import { existsSync } from 'node:fs'
import { MissingBrowser, type RealBrowser, type Reason } from './engine.ts'
import { runAll, runStep } from './in-page.ts'
import { startMarionette } from './marionette.ts'
import type { StepResult } from './scenario.ts'

const LISTEN = `
  window.corsMessages = []
  window.corsListener = { observe(message) {
    if (message instanceof Ci.nsIScriptError) window.corsMessages.push([message.category, message.errorMessage])
  } }
  Services.console.registerListener(window.corsListener)`

const TAKE = `const taken = window.corsMessages; window.corsMessages = []; return taken`

/** Starts Firefox with a page open. */
export async function startFirefox(pageUrl: string): Promise<RealBrowser> {
  const executablePath = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr'
  if (!existsSync(executablePath)) throw new MissingBrowser(executablePath)
  const firefox = await startMarionette(executablePath)
  const inChrome = async (script: string): Promise<unknown> => {
    await firefox.command('Marionette:SetContext', { value: 'chrome' })
    const { value } = await firefox.command('WebDriver:ExecuteScript', { script, args: [], sandbox: 'system' })
    await firefox.command('Marionette:SetContext', { value: 'content' })
    return value
  }
  const inPage = async (script: string, args: unknown[]): Promise<unknown> =>
    (await firefox.command('WebDriver:ExecuteAsyncScript', { script, args, sandbox: null })).value
  await inChrome(LISTEN)
  await firefox.command('WebDriver:Navigate', { url: pageUrl })
  return {
    name: 'firefox',
    version: firefox.version,
    run: async (scenarios) => {
      const script = `const done = arguments[3]; (${runAll})(arguments[0], arguments[1], arguments[2]).then(done, (e) => done(String(e)))`
      return (await inPage(script, [`(${runStep})`, scenarios, 24])) as StepResult[][]
    },
    evaluate: (expression) =>
      inPage(
        `const done = arguments[0]; Promise.resolve().then(() => globalThis.eval(${JSON.stringify(expression)})).then(done, (e) => done(String(e)))`,
        [],
      ),
    reasons: async () => {
      await new Promise((resolve) => setTimeout(resolve, 250))
      const messages = (await inChrome(TAKE)) as [string, string][]
      const about = messages.filter(([category]) => category.startsWith('CORS'))
      return { codes: about.map(([category, text]): Reason => [text, category]), lines: about.map(([, text]) => text) }
    },
    close: () => firefox.close(),
  }
}
