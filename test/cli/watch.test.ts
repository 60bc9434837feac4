import { once } from 'node:events'
import { renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { expect, it, vi } from 'vitest'
import { ready } from '../support/loopback.ts'
import { send } from '../support/raw-http.ts'
import { corsmith, file } from './run.ts'

const [APP, ADMIN] = ['https://app.example.com', 'https://admin.example.com']
const text = (origin: string) => JSON.stringify({ origins: [origin] })

it('exchanges the policy of the proxy when its file changes, and prints what is refused', async () => {
  await using api = await ready(createServer((_, res) => res.end('hello')))
  const policy = file('policy.json', text(APP))
  const lines: string[] = []
  const stop = new EventTarget()
  const ended = corsmith(['proxy', api.origin, '--policy', policy, '--port', '0', '--watch'], {
    print: (line) => lines.push(line),
    untilStopped: () => once(stop, 'stop').then(() => {}),
  })
  const url = await vi.waitUntil(() => /http:\/\/127\.0\.0\.1:\d+(?= →)/.exec(lines.join('\n'))?.[0], 10_000)
  const allowed = async (origin: string) =>
    (await send(url, { headers: { Origin: origin } })).all('access-control-allow-origin')[0] ?? null

  expect([await allowed(APP), await allowed(ADMIN)]).toEqual([APP, null])
  expect(lines.at(-1)).toBe(`corsmith: blocked in the browser: GET / from ${ADMIN}: add "${ADMIN}" to origins`)

  // An editor that writes beside, and renames.
  writeFileSync(`${policy}.new`, text(ADMIN))
  renameSync(`${policy}.new`, policy)
  await vi.waitUntil(async () => (await allowed(ADMIN)) === ADMIN, { timeout: 10_000, interval: 20 })
  expect(await allowed(APP)).toBeNull()
  expect(lines.join('\n')).toContain(
    `a new policy answers\n  + "${ADMIN}" may read answers\n  - "${APP}" may no longer`,
  )

  writeFileSync(policy, '{ "origins": ["https://app.example.com/path"] }')
  await vi.waitUntil(() => lines.some((line) => line.includes('the old policy stays')), { timeout: 10_000 })
  expect(await allowed(ADMIN)).toBe(ADMIN)

  stop.dispatchEvent(new Event('stop'))
  expect((await ended).code).toBe(0)
})

it.each([
  [['--origins', APP, '--watch']],
  [['--policy', file('policy.mjs', `export const policy = { origins: ['${APP}'] }`), '--watch']],
])('says what --watch needs: %j', async (words) => {
  const { code, err } = await corsmith(['proxy', 'http://127.0.0.1:1', '--port', '0', ...words])
  expect([code, err]).toEqual([64, expect.stringContaining('--watch needs --policy with a .json file')])
})
