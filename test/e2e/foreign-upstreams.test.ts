import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOriginApi } from '../../examples/origin-api/origin-api.ts'
import { listen } from '../../examples/start/listen.ts'
import { type Answering, type BehindEdge, putBehindEdge } from '../support/behind-edge.ts'
import { findChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'
import { ALLOW_ORIGIN, corsNames, itIsShared } from '../support/it-is-shared.ts'
import { launchKept } from '../support/launched.ts'
import { startNginx } from '../support/nginx.ts'
import { findNginx, findPythonModule } from '../support/programs.ts'
import { send } from '../support/raw-http.ts'

const [chromium, flask, django, nginx] = await Promise.all([
  findChromium(),
  findPythonModule('Flask', 'flask', 'apt-get install python3-flask'),
  findPythonModule('Django', 'django', 'apt-get install python3-django'),
  findNginx(),
])

async function startPython(file: string, name: string): Promise<Answering> {
  const command = launchKept(file, [fileURLToPath(new URL(`upstreams/${name}`, import.meta.url))])
  const [, port] = await command.waitFor(/^listening on (\d+)$/m)
  return { url: `http://127.0.0.1:${port}`, close: command.close }
}

/** The API of `npm start`, with an nginx before it that adds to every answer. */
async function startNginxBefore(file: string, lines: string): Promise<Answering> {
  const api = await listen(createOriginApi(), 0)
  const { url, close } = await startNginx(file, `location / { ${lines} proxy_pass ${api.url}; }`)
  return { url, close: async () => void (await Promise.all([close(), api.close()])) }
}

describeWith([flask], 'in front of Flask with CORS headers written by hand', () => {
  let world: BehindEdge
  beforeAll(async () => {
    world = await putBehindEdge(await startPython(flask.file, 'flask_app.py'))
  })
  afterAll(() => world?.close())

  it('the API by itself names another origin', async () => {
    const answer = await send(`${world.upstream}/api/users`, { headers: { Origin: world.page } })
    expect(answer.all(ALLOW_ORIGIN)).toEqual(['https://yourdomain.com'])
  })

  it('its redirect stays at the edge', async () => {
    const answer = await send(`${world.edge}/api/moved`, { headers: { Origin: world.page } })
    expect(answer.status).toBe(302)
    expect(new URL(answer.all('Location')[0] ?? '', world.edge).href).toBe(`${world.edge}/api/users`)
    expect(answer.all(ALLOW_ORIGIN)).toEqual([world.page])
  })

  itIsShared(chromium, () => world, '')
})

describeWith([django], 'in front of Django that has not heard of CORS', () => {
  let world: BehindEdge
  beforeAll(async () => {
    world = await putBehindEdge(await startPython(django.file, 'django_app.py'))
  })
  afterAll(() => world?.close())

  it('the API by itself shares nothing', async () => {
    expect(corsNames(await send(`${world.upstream}/api/users/`, { headers: { Origin: world.page } }))).toEqual([])
  })

  it('the redirect to the address with a slash is shared', async () => {
    const answer = await send(`${world.edge}/api/users`, { headers: { Origin: world.page } })
    expect(answer.status).toBe(301)
    expect(new URL(answer.all('Location')[0] ?? '', world.edge).href).toBe(`${world.edge}/api/users/`)
    expect(answer.all(ALLOW_ORIGIN)).toEqual([world.page])
  })

  it("the refusal of Django's own CSRF check is a 403 that the page may see", async () => {
    const answer = await send(`${world.edge}/api/guarded/`, {
      method: 'POST',
      headers: { Origin: world.page, 'Content-Length': '0' },
    })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('CSRF')
    expect(answer.all(ALLOW_ORIGIN)).toEqual([world.page])
  })

  itIsShared(chromium, () => world, '/')
})

describe.each([
  ['adds *', 'add_header Access-Control-Allow-Origin * always;', ['*']],
  [
    'adds * twice and credentials',
    `add_header Access-Control-Allow-Origin * always; add_header Access-Control-Allow-Origin * always;
     add_header Access-Control-Allow-Credentials true always;`,
    ['*', '*'],
  ],
] as const)('nginx %s', (_, lines, byItself) => {
  describeWith([nginx], 'behind the edge', () => {
    let world: BehindEdge
    beforeAll(async () => {
      world = await putBehindEdge(await startNginxBefore(nginx.file, lines))
    })
    afterAll(() => world?.close())

    it('the API by itself answers everybody', async () => {
      const answer = await send(`${world.upstream}/api/users`, { headers: { Origin: world.stranger } })
      expect(answer.all(ALLOW_ORIGIN)).toEqual(byItself)
    })

    itIsShared(chromium, () => world, '')
  })
})
