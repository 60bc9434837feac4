/** What a person puts together here: a policy, a page's request, and what the handler answers. Texts, as they were typed. */
import type { ExplainedRequest } from 'corsmith/diagnose'

/** The fields of the form. */
export interface Scenario {
  /** The policy as JSON, which may have defects. */
  readonly policy: string
  readonly origin: string
  readonly url: string
  readonly method: string
  /** What the page sets, one `Name: value` to a line. */
  readonly headers: string
  readonly credentials: (typeof CREDENTIALS)[number]
  readonly mode: (typeof MODES)[number]
  /** Names of response headers that the page reads, by commas or white space. */
  readonly reads: string
  /** The status that the handler answers. */
  readonly status: string
  /** The headers that the handler answers, one to a line. */
  readonly answer: string
}

/** The credentials modes of a request. */
export const CREDENTIALS = ['same-origin', 'include', 'omit'] as const

/** The modes that are simulated. */
export const MODES = ['cors', 'no-cors'] as const

/** The keys of a {@link Scenario}, in the order of the form. */
export const FIELDS: readonly (keyof Scenario)[] = [
  'policy',
  'origin',
  'url',
  'method',
  'headers',
  'credentials',
  'mode',
  'reads',
  'status',
  'answer',
]

/** Where every preset starts from. */
export const BASE: Scenario = {
  policy: '{\n  "origins": ["https://app.example.com"]\n}',
  origin: 'https://app.example.com',
  url: 'https://api.example.com/users/42',
  method: 'GET',
  headers: '',
  credentials: 'same-origin',
  mode: 'cors',
  reads: '',
  status: '200',
  answer: 'Content-Type: application/json',
}

/** One header, the name and the value. */
export type Line = readonly [name: string, value: string]

/**
 * Reads `Name: value` lines.
 *
 * @throws TypeError for a line that is no header, in one sentence
 */
export function readLines(text: string, what: string): readonly Line[] {
  const lines: Line[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '') continue
    const colon = line.indexOf(':')
    const place = `${what}, line ${index + 1}: ${JSON.stringify(clip(line))}`
    if (colon < 1) throw new TypeError(`${place}: a header is a name, a colon and a value`)
    const name = line.slice(0, colon).trim()
    const value = line.slice(colon + 1).trim()
    try {
      new Headers([[name, value]])
    } catch {
      throw new TypeError(`${place}: a name is letters, digits and "-", and a value is one line of Latin-1 text`)
    }
    lines.push([name, value])
  }
  return lines
}

/** Writes headers as lines. */
export function writeLines(lines: readonly Line[]): string {
  return lines.map(([name, value]) => `${name}: ${value}`).join('\n')
}

/**
 * Reads the request of a scenario, and what is answered to it.
 *
 * @throws TypeError for what is no request, in one sentence
 */
export function readRequest(scenario: Scenario): ExplainedRequest {
  const { origin, url, credentials, mode, status } = scenario
  if (!/^[2-5]\d\d$/.test(status.trim()))
    throw new TypeError(`status: ${JSON.stringify(clip(status))}: a status is a number from 200 to 599`)
  return {
    origin: origin.trim(),
    url: url.trim(),
    method: scenario.method.trim() || 'GET',
    headers: readLines(scenario.headers, 'request headers'),
    credentials,
    mode,
    reads: readNames(scenario.reads),
    response: { status: Number(status), headers: readLines(scenario.answer, 'response headers') },
  }
}

/** Reads names that commas or white space part. */
export function readNames(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((name) => name !== '')
}

/** Shortens what is quoted. */
export function clip(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
