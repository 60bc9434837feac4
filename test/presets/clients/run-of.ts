import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCors } from '../../../src/index.ts'
import { type Preset, withPresets } from '../../../src/presets.ts'
import { createBrowser, type Page } from '../../../src/testing.ts'

export const PAGE = 'https://app.example.com'
export const API = 'https://api.example.com'
export const LISTS = ['methods', 'requestHeaders', 'exposedHeaders'] as const
export const BROWSERS = ['chromium', 'firefox', 'webkit'] as const

/** A client package at work against a server of its protocol. */
export interface ClientRun {
  readonly preset: Preset
  /** The package whose version is written down. */
  readonly client: string
  /** What the application does. */
  readonly does: string
  readonly credentials?: boolean
  /** Makes the server, with a state of its own. */
  readonly server: () => (request: Request) => Response | Promise<Response>
  /** What the client does differently in a real page, so that the run fails there: a part of the error. */
  readonly failsInPages?: string
  /** Uses the client in the page. Gives what the application sees, which must be the same each time. */
  readonly use: (page: Page) => Promise<unknown>
}

/** A request as the client made it. A value stands only where it decides about a permission. */
export interface RecordedRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Result {
  /** What the application saw, or why it saw nothing. */
  readonly seen: string
  readonly blocked: readonly string[]
  readonly requests: readonly RecordedRequest[]
  /** The names of all headers of the server's answers. */
  readonly answered: readonly string[]
}

export type Engine = (typeof BROWSERS)[number]

/** Runs a client against a policy of one preset. */
export async function runOf(run: ClientRun, preset: Preset, browser: Engine): Promise<Result> {
  const policy = { origins: [PAGE], credentials: run.credentials ?? false }
  const cors = createCors(withPresets(policy, preset))
  const requests: RecordedRequest[] = []
  const answered = new Set<string>()
  const handler = run.server()
  const fetch = cors.wrap(async (request) => {
    requests.push(recorded(request))
    const response = await handler(request)
    for (const [name] of response.headers) answered.add(name)
    return response
  })
  const page = createBrowser({ fetch, browser }).page(PAGE)
  const restore = page.install()
  let seen: string
  try {
    seen = JSON.stringify(await untilBlocked(page, run.use(page))) ?? 'undefined'
  } catch (error) {
    seen = `threw ${error instanceof Error ? error.message : String(error)}`
  } finally {
    restore()
  }
  const blocked = page.outcomes.flatMap((outcome) =>
    outcome.shared ? [] : [`${outcome.failure.code} ${outcome.failure.value}`.trim()],
  )
  return { seen, blocked, requests, answered: [...answered] }
}

const LONGEST = 3_000

/** Waits for a client until the browser blocks a request, because some clients then try again for a long time. */
async function untilBlocked<T>(page: Page, work: Promise<T>): Promise<T> {
  const start = performance.now()
  let timer: NodeJS.Timeout | undefined
  const stopped = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      const isLate = performance.now() - start > LONGEST
      if (isLate || page.outcomes.some(({ shared }) => !shared))
        reject(new Error(isLate ? 'took too long' : 'was blocked'))
    }, 5)
  })
  return Promise.race([work, stopped]).finally(() => clearInterval(timer))
}

/** What browsers add by themselves, or send without permission. */
const OF_BROWSERS =
  /^(?:accept|accept-encoding|accept-language|connection|content-length|cookie|host|origin|referer|sec-.*)$/

const WHOSE_VALUE_COUNTS = /^(?:content-type|range)$/

function recorded(request: Request): RecordedRequest {
  const headers = [...request.headers]
    .filter(([name]) => !OF_BROWSERS.test(name))
    .map(([name, value]) => [name, WHOSE_VALUE_COUNTS.test(name) ? (value.split(';')[0] ?? '') : '1'] as const)
  return { method: request.method, headers: Object.fromEntries(headers) }
}

/** The preset without one entry of one list. */
export function without(preset: Preset, list: (typeof LISTS)[number], entry: string): Preset {
  return { ...preset, [list]: preset[list]?.filter((one) => one !== entry) }
}

/** The version of a client that is installed here, or for the tests as a whole. */
export function versionOf(client: string): string {
  const folders = [import.meta.dirname, join(import.meta.dirname, '../../..')]
  const file = folders.map((folder) => join(folder, 'node_modules', client, 'package.json')).find(existsSync)
  if (file === undefined) throw new Error(`${client} is not installed`)
  return JSON.parse(readFileSync(file, 'utf8')).version
}
