/**
 * `npm start`: an origin API that knows nothing of CORS, the edge worker in front of it, and a page on another origin that calls
 * both; the playground beside that page, and the test endpoint that it tries scenarios at. Everything listens on 127.0.0.1 and ends with this process.
 */

import { once } from 'node:events'
import type { Server } from 'node:http'
import { createOriginApi } from './origin-api/origin-api.ts'
import { createPageServer, type PageSettings, PLAYGROUND } from './page/server.ts'
import { buildPlayground } from './playground/build.ts'
import { createEndpoint } from './playground/endpoint/endpoint.ts'
import { startEdge } from './start/edge.ts'
import { whenAsked } from './start/ending.ts'
import { type Listening, listen } from './start/listen.ts'
import { HELP, readOptions, type StartOptions } from './start/options.ts'

/** Starts everything, and returns when it is asked to end. What it started is in `running`, also when it throws. */
async function run(options: StartOptions, running: { close(): Promise<void> }[], asked: AbortSignal): Promise<void> {
  const serve = async (what: string, server: Server, port: number): Promise<Listening> => {
    const listening = await listen(server, port)
    running.push(listening)
    tellMoved(what, port, listening.url)
    return listening
  }
  let edgeUrl = ''
  let endpointUrl = ''
  const settings = (listed: boolean) => (): PageSettings => ({
    edge: edgeUrl,
    origin: origin.url,
    listed,
    endpoint: endpointUrl,
  })
  const playground = await buildPlayground()
  const origin = await serve('the API', createOriginApi(), options.origin)
  const page = await serve('the page', createPageServer(settings(true), { playground }), options.page)
  const stranger = await serve(
    "the stranger's page",
    createPageServer(settings(false), { playground }),
    options.stranger,
  )
  const pages = [page.url, stranger.url].flatMap(bothNames)
  const endpoint = await serve('the test endpoint', createEndpoint(pages), options.endpoint)
  endpointUrl = endpoint.url

  const edge = await startEdge({
    port: options.edge,
    vars: { UPSTREAM: origin.url, CORS_ORIGINS: bothNames(page.url).join() },
    signal: asked,
    onLine: (line) => console.error(line),
  })
  running.push(edge)
  edgeUrl = edge.url
  tellMoved('the edge', options.edge, edge.url)
  await tryOut(edge.url, page.url)

  console.log(`
page ${page.url}
edge ${edge.url}
api ${origin.url}
playground ${page.url}${PLAYGROUND}
endpoint ${endpoint.url}

Open the page and press "Run all": through the edge every call is read, straight to the API every call is blocked.
The playground computes what browsers make of a policy, and lets this one try it at the endpoint.
The same page on an origin that the policy does not name, refused everywhere: ${stranger.url}
Ctrl-C stops everything.`)

  const output = await Promise.race([edge.ended, once(asked, 'abort').then(() => null)])
  if (output !== null) throw new Error(`wrangler ended by itself:\n${output}`)
}

/** A server's origin under both names of this machine. */
function bothNames(url: string): readonly string[] {
  return [url, url.replace('127.0.0.1', 'localhost')]
}

/** Says which port was taken. */
function tellMoved(what: string, wanted: number, url: string): void {
  const got = new URL(url).port
  if (wanted !== 0 && String(wanted) !== got) console.log(`port ${wanted} is taken: ${what} is on ${got}`)
}

/** Makes the page's first call. A worker that is set up wrongly says why in its answer, and that is worth more than a URL. */
async function tryOut(edge: string, page: string): Promise<void> {
  const answer = await fetch(`${edge}/api/users`, { headers: { Origin: page }, signal: AbortSignal.timeout(30_000) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`the edge answers ${answer.status}:\n${text}`)
}

/** Runs until asked to end; returns the exit code. */
async function main(): Promise<number> {
  const running: { close(): Promise<void> }[] = []
  // Whoever read what is printed here may be gone before us; that must not keep anything from being ended.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const asked = whenAsked()
  try {
    const options = readOptions(process.argv.slice(2))
    if (options === null) console.log(HELP)
    else await run(options, running, asked)
    return 0
  } catch (error) {
    if (asked.aborted) return 0
    console.error(error instanceof Error ? error.message : error)
    return 1
  } finally {
    if (asked.aborted) console.log(`\nstopping: ${asked.reason}`)
    await Promise.all(running.map((each) => each.close()))
  }
}

process.exit(await main())
