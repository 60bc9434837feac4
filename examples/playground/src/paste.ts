/** What people have at hand when a request fails: the line in the console, or the request out of the network tab. */
import {
  messageCommand,
  type PageRequest,
  parseCurl,
  parseFetch,
  parseHar,
  type RecognizedMessage,
  recognizeMessage,
  type Speaker,
} from 'corsmith/diagnose'
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
  /** The command that asks the person's own server: no page can do that in its place. */
  readonly command: string | null
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
  const { body: _, ...rest } = read
  return {
    scenario: withRequest(scenario, { ...BLANK, ...rest }),
    what: `This is ${what}. The request is filled in.`,
    said: [],
    command: null,
  }
}

function archive(text: string, scenario: Scenario): Pasted {
  const entries = parseHar(text)
  const entry = entries.find(({ isBlocked }) => isBlocked) ?? entries[0]
  if (entry === undefined) throw new TypeError('this archive holds no request')
  return request(entry.request, 'an archive', scenario)
}

async function message(line: RecognizedMessage, scenario: Scenario): Promise<Pasted> {
  const { url, redirectedFrom, origin, method, value, code, name, speaker, during, cors, otherwise, also } = line
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
    said: [
      sentence(line.meaning),
      sentence(line.first),
      ...otherwise.map((other) => `It can also be ${other.code}: if ${other.when}.`),
      ...(also.length === 0 ? [] : [`Also read: ${also.join(', ')}.`]),
      found === null
        ? 'The verdict here is about the policy in the form, not about your server.'
        : 'A scenario that brings the same line about is filled in. The verdict is about that, not about your server.',
    ],
    command: messageCommand(line),
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
