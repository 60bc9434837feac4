/**
 * Tells a page why a call of its own was refused. A page learns nothing but "TypeError"; this server asks the same URL as the page
 * did, and says what the browser printed in its console.
 */

import type { IncomingMessage } from 'node:http'
import { consoleLine, type DiagnoseOptions, diagnose } from '../../src/diagnose.ts'

/** What a page says of its call. The server knows the hosts: a page cannot name one. */
interface Asked {
  readonly via: 'edge' | 'origin'
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly credentials: 'same-origin' | 'include'
  readonly initiator: 'fetch' | 'eventsource'
}

/** Why a call was refused. */
export interface Why {
  /** The line in the console of this browser; null where the request was not sent again, because it has an effect. */
  readonly line: string | null
  /** The cause; null where there is none. */
  readonly cause: string | null
}

/** The longest question that is read, in characters. */
const LONGEST = 4_000

/**
 * Answers a page's question.
 *
 * @param hosts where the edge and the API are
 * @returns null for what is no question of a page of this server
 */
export async function explainCall(
  request: IncomingMessage,
  hosts: { readonly edge: string; readonly origin: string },
): Promise<Why | null> {
  const { origin } = request.headers
  // A browser says `same-origin` of this server's own pages alone, and no other page may ask through this server.
  if (request.method !== 'POST' || origin === undefined || request.headers['sec-fetch-site'] !== 'same-origin')
    return null
  const asked = await readQuestion(request)
  if (asked === null || !/^\/api\//.test(asked.path)) return null
  const { via, path, ...page } = asked
  // Under the name that the page was opened with, as the page itself does.
  const base = new URL(hosts[via === 'edge' ? 'edge' : 'origin'])
  base.hostname = new URL(origin).hostname
  const options: DiagnoseOptions = { ...page, origin, maxRequests: 16 }
  const diagnosis = await diagnose(new URL(path, base), options)
  const [cause] = diagnosis.findings
  return { line: consoleLine(diagnosis, browserOf(request)), cause: cause?.message ?? null }
}

async function readQuestion(request: IncomingMessage): Promise<Asked | null> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) {
    text += part
    if (text.length > LONGEST) return null
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function browserOf({ headers }: IncomingMessage): 'chromium' | 'firefox' | 'webkit' {
  const name = headers['user-agent'] ?? ''
  if (name.includes('Firefox/')) return 'firefox'
  return /Chrom(e|ium)\//.test(name) ? 'chromium' : 'webkit'
}
