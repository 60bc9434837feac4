/** What people have at hand when a request fails: the line in the console, or the request out of the network tab. */
import { type PageRequest, parseCurl, parseFetch, parseHar, recognizeMessage } from 'corsmith/diagnose'
import { withRequest } from './fix.ts'
import { reproduce } from './reproduce.ts'
import { clip, type Scenario } from './scenario.ts'
import { sentence } from './steps.ts'

/** What was read of a pasted text. */
export interface Pasted {
  readonly scenario: Scenario
  /** What it was, in one line. */
  readonly what: string
  /** What a console line means, and what to do first. */
  readonly said: readonly string[]
}

/** What a request is until something else is said. */
const BLANK = { method: 'GET', headers: [], credentials: 'same-origin', mode: 'cors' } as const

/**
 * Reads a console line, "Copy as cURL", "Copy as fetch", or an archive.
 *
 * @throws TypeError for anything else, in one sentence: the promise is rejected
 */
export async function readPasted(text: string, scenario: Scenario): Promise<Pasted> {
  const pasted = text.trim()
  if (pasted === '') throw new TypeError('paste something first: a console line, "Copy as cURL" or "Copy as fetch"')
  if (/^\$?\s*curl(\.exe)?\s/.test(pasted))
    return request(parseCurl(pasted.replace(/^\$\s*/, '')), 'a curl command', scenario)
  if (/\bfetch\s*\(/.test(pasted) && !/Access to fetch|blocked by CORS/.test(pasted))
    return request(parseFetch(pasted), 'a fetch() call', scenario)
  if (pasted.startsWith('{')) return archive(pasted, scenario)
  return message(pasted, scenario)
}

function request(read: Partial<PageRequest>, what: string, scenario: Scenario): Pasted {
  const { body: _, ...rest } = read
  return {
    scenario: withRequest(scenario, { ...BLANK, ...rest }),
    what: `This is ${what}. The request is filled in.`,
    said: [],
  }
}

function archive(text: string, scenario: Scenario): Pasted {
  const entries = parseHar(text)
  const entry = entries.find(({ isBlocked }) => isBlocked) ?? entries[0]
  if (entry === undefined) throw new TypeError('this archive holds no request')
  return request(entry.request, 'an archive', scenario)
}

async function message(text: string, scenario: Scenario): Promise<Pasted> {
  const line = recognizeMessage(text)
  if (line === null)
    throw new TypeError(
      `${JSON.stringify(clip(text))} is no console line about CORS, no curl command and no fetch() call`,
    )
  const { url, redirectedFrom, origin, value, code, name, speaker, during } = line
  const told = withRequest(scenario, {
    ...BLANK,
    ...(url === null ? {} : { url: redirectedFrom ?? url }),
    ...(origin === null ? {} : { origin }),
    ...(code === 'method-not-allowed' && value !== null ? { method: value } : {}),
    ...(code === 'header-not-allowed' && value !== null ? { headers: [[value, '1']] as const } : {}),
  })
  const found = await reproduce(told, line)
  const engine = { chromium: "Chrome's", firefox: "Firefox's", webkit: "Safari's", any: "any browser's" }[speaker]
  const about = during === null ? '' : `, about the ${during}`
  return {
    scenario: found ?? told,
    what: `This line is ${engine}${name === null ? '' : ` ${name}`}${about}.`,
    said: [
      sentence(line.meaning),
      sentence(line.first),
      found === null
        ? 'No likely policy of corsmith brings it about: look at what stands before or behind the server.'
        : 'A scenario that brings it about is filled in.',
    ],
  }
}
