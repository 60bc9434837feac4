/** What people have at hand when a request fails: the line in the console, or the request out of the network tab. */
import {
  type PageRequest,
  parseCurl,
  parseFetch,
  type RecognizedMessage,
  recognizeMessage,
  type Speaker,
} from 'corsmith/diagnose'
import { withRequest } from './fix.ts'
import { reproduce } from './reproduce.ts'
import { clip, type Scenario } from './scenario.ts'
import { ofArchive, ofMessage, ofRequest, type Theirs } from './theirs.ts'

/** What was read of a pasted text. */
export interface Pasted {
  readonly scenario: Scenario
  /** What it was, in one line. */
  readonly what: string
  /** What was filled into the form. */
  readonly filled: string
  /** What the text tells about the person's own server. */
  readonly theirs: Theirs
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
  if (pasted === '')
    throw new TypeError('paste something first: a console line, "Copy as cURL", "Copy as fetch", or choose an archive')
  if (/^\$?\s*curl(\.exe)?\s/.test(pasted))
    return request(parseCurl(pasted.replace(/^\$\s*/, '')), 'a curl command', scenario)
  const line = recognizeMessage(pasted)
  // A copied call names the ordinary Referrer-Policy, and that alone is no line about a failure.
  if (line !== null && line.code !== 'referrer-policy' && !/^\{\s*"log"/.test(pasted)) return message(line, scenario)
  if (/\bfetch\s*\(/.test(pasted)) return request(parseFetch(pasted), 'a fetch() call', scenario)
  if (pasted.startsWith('{')) return archive(pasted, scenario)
  if (line !== null) return message(line, scenario)
  throw new TypeError(
    `${JSON.stringify(clip(pasted))} is no console line about CORS, no curl command and no fetch() call`,
  )
}

function request(read: Partial<PageRequest>, what: string, scenario: Scenario): Pasted {
  return {
    scenario: filledIn(scenario, read),
    what: `This is ${what}.`,
    filled: FILLED,
    theirs: ofRequest(read, scenario.origin),
  }
}

const FILLED = 'The request is filled into the form. The policy there is not that of your server.'

function filledIn(scenario: Scenario, read: Partial<PageRequest>): Scenario {
  const { body: _, ...rest } = read
  return withRequest(scenario, { ...BLANK, ...rest })
}

async function archive(text: string, scenario: Scenario): Promise<Pasted> {
  const { request: read, theirs } = await ofArchive(text, scenario.origin)
  return { scenario: filledIn(scenario, read), what: 'This is an archive of requests.', filled: FILLED, theirs }
}

async function message(line: RecognizedMessage, scenario: Scenario): Promise<Pasted> {
  const { url, redirectedFrom, origin, method, value, code, name, speaker, during, cors } = line
  const asked = redirectedFrom ?? url
  const told = withRequest(scenario, {
    ...BLANK,
    ...(asked === null ? {} : { url: asked }),
    ...(origin === null ? {} : { origin }),
    ...(method === null ? {} : { method }),
    ...(code === 'header-not-allowed' && value !== null ? { headers: [[value, '1']] as const } : {}),
  })
  // What is not about CORS cannot be brought about by a policy.
  const found = cors === true ? await reproduce(told, line) : null
  const about = during === null ? '' : `, about the ${during}`
  return {
    scenario: found ?? told,
    what: `This line is ${SPEAKERS[speaker]}${name === null ? '' : ` ${name}`}${about}: ${code}.`,
    filled:
      found === null
        ? 'What the line says of the request is filled into the form. The policy there is not that of your server.'
        : 'A scenario that causes the same line is filled into the form, to try changes. Its policy is not that of your server.',
    theirs: ofMessage(line),
  }
}

/** Whose line it is. */
const SPEAKERS: Readonly<Record<Speaker, string>> = {
  chromium: "Chrome's",
  firefox: "Firefox's",
  webkit: "Safari's",
  trident: "Internet Explorer's",
  library: "a library's",
  runtime: "a runtime's",
  server: "the server's own",
  any: "any browser's",
}
