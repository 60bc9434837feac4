import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildPlayground, type Files } from '../../examples/playground/build.ts'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'
import { listen } from '../support/loopback.ts'

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
}

describeWith([await findChromium()], 'the playground on a server that sends no header', () => {
  let files: Files = new Map()
  beforeAll(async () => {
    files = await buildPlayground(true)
  }, 60_000)
  let closeBrowser = async () => {}
  afterAll(() => closeBrowser())

  it('works under its own policy, and keeps what a link brings from running', async () => {
    const browser = await launchChromium(await findChromium())
    closeBrowser = () => browser.close()
    await using server = await listen((request, response) => {
      const name = (request.url ?? '/').slice(1).replace(/[?#].*/, '') || 'index.html'
      const content = files.get(name)
      response.writeHead(content === undefined ? 404 : 200, {
        'Content-Type': TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain',
      })
      response.end(content)
    })
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML/.test(message.text())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(server.origin)
    await page.waitForSelector('body[data-state="ready"]')
    expect(complaints).toEqual([])
    expect(await page.textContent('#verdict-body')).toMatch(/blocked/i)
    const ran = await page.evaluate(async () => {
      const refused = (act: () => unknown) => {
        try {
          act()
          return 'done'
        } catch {
          return 'refused'
        }
      }
      const script = refused(() => {
        document.createElement('script').textContent = 'alert(1)'
      })
      const markup = refused(() => (document.body.innerHTML += '<img src=x>'))
      const image = await fetch('http://127.0.0.1:9/').then(
        () => 'sent',
        () => 'refused',
      )
      return [script, markup, image]
    })
    expect(ran).toEqual(['refused', 'refused', 'refused'])
    expect(complaints.join('\n')).toMatch(/connect-src/)
  }, 60_000)
})
