/** What holds behind the edge whatever the API is, as tests. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BehindEdge, callFrom, openPage } from './behind-edge.ts'
import { type Chromium, launchChromium } from './chromium.ts'
import { describeWith } from './component.ts'
import { type RawAnswer, send } from './raw-http.ts'

export const ALLOW_ORIGIN = 'Access-Control-Allow-Origin'

const JSON_PUT = {
  method: 'PUT',
  headers: { Authorization: 'Bearer t', 'Content-Type': 'application/json' },
  body: '{"name":"Grace"}',
}

/** Lists the names of the CORS headers of an answer. */
export function corsNames(answer: RawAnswer): readonly string[] {
  return answer.lines
    .map(([name]) => name)
    .filter((name) => name.toLowerCase().startsWith('access-control-') || name.toLowerCase() === 'timing-allow-origin')
}

/** Tests any API that has `/api/users` and `/api/users/1`, given how it writes its addresses. */
export function itIsShared(chromium: Chromium, world: () => BehindEdge, slash: '' | '/'): void {
  const users = (): string => `${world().edge}/api/users${slash}`
  const user = (): string => `${world().edge}/api/users/1${slash}`

  it.each(['GET', 'HEAD', 'POST', 'PUT'])(
    'a %s from the page is answered with one value on one line',
    async (method) => {
      const body = method === 'POST' ? 'Dorothy' : '{"name":"Ada"}'
      const answer = await send(method === 'PUT' ? user() : users(), {
        method,
        headers: {
          Origin: world().page,
          ...(method === 'PUT' ? { 'Content-Type': 'application/json' } : {}),
          ...(method.startsWith('P') ? { 'Content-Length': String(body.length) } : {}),
        },
        ...(method.startsWith('P') ? { body } : {}),
      })
      expect([200, 201]).toContain(answer.status)
      expect(answer.all(ALLOW_ORIGIN)).toEqual([world().page])
      expect(answer.all('Access-Control-Allow-Credentials')).toEqual(['true'])
      expect(
        answer
          .all('Vary')
          .join()
          .toLowerCase()
          .split(/\s*,\s*/),
      ).toContain('origin')
    },
  )

  it('what is not there is a 404 that the page may see', async () => {
    const answer = await send(`${world().edge}/nowhere${slash}`, { headers: { Origin: world().page } })
    expect(answer.status).toBe(404)
    expect(answer.all(ALLOW_ORIGIN)).toEqual([world().page])
  })

  it('a preflight is answered by the edge, whatever the API makes of OPTIONS', async () => {
    const answer = await send(user(), {
      method: 'OPTIONS',
      headers: { Origin: world().page, 'Access-Control-Request-Method': 'DELETE' },
    })
    expect(answer.status).toBe(204)
    expect(answer.all(ALLOW_ORIGIN)).toEqual([world().page])
  })

  it('a stranger is told nothing, and writes nothing', async () => {
    const headers = { Origin: world().stranger, 'Content-Length': '7' }
    const before = (await send(users())).text
    const write = await send(users(), { method: 'POST', headers, body: 'Mallory' })
    expect(write.status).toBe(403)
    const read = await send(users(), { headers: { Origin: world().stranger } })
    expect(read.status).toBe(200)
    expect(read.text).toBe(before)
    expect([...corsNames(write), ...corsNames(read)]).toEqual([])
  })

  describeWith([chromium], 'in Chromium', () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await launchChromium(chromium)
    })
    afterAll(() => browser?.close())

    it('the page reads, writes and sees a 404, and each answer holds one value', async () => {
      const page = await openPage(browser, world().page)
      const values: Promise<readonly string[]>[] = []
      page.on('response', (response) => {
        if (!response.url().startsWith(world().edge)) return
        const found = response
          .headersArray()
          .then((headers) => headers.filter(({ name }) => /^access-control-allow-origin$/i.test(name)))
        values.push(found.then((headers) => headers.map(({ value }) => value)))
      })
      expect(await callFrom(page, users())).toMatchObject({ status: 200, text: expect.stringContaining('Ada') })
      expect(await callFrom(page, user(), JSON_PUT)).toMatchObject({
        status: 200,
        text: expect.stringContaining('Grace'),
      })
      expect(await callFrom(page, users(), { method: 'POST', body: 'Dorothy' })).toMatchObject({ status: 201 })
      expect(await callFrom(page, users(), { credentials: 'include' })).toMatchObject({ status: 200 })
      expect(await callFrom(page, `${world().edge}/nowhere${slash}`)).toMatchObject({ status: 404 })
      const seen = await Promise.all(values)
      expect(seen.length).toBeGreaterThanOrEqual(5)
      expect(seen.filter((each) => each.length !== 1 || each[0] !== world().page)).toEqual([])
    })

    it("a stranger's page reads nothing", async () => {
      const page = await openPage(browser, world().stranger)
      expect(await callFrom(page, users())).toEqual({ refused: 'TypeError: Failed to fetch' })
      expect(await callFrom(page, user(), JSON_PUT)).toEqual({ refused: 'TypeError: Failed to fetch' })
    })
  })
}
