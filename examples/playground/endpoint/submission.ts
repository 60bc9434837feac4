/** What a page submits, read as a stranger's. */
import { validateHeaderName, validateHeaderValue } from 'node:http'
import { type CorsPolicy, CorsPolicyError } from 'corsmith'
import { policyFromJson } from 'corsmith/policy'
import { isAnswered, isSent } from '../src/trial-bounds.ts'

/** A policy, and what the handler behind it answers. */
export interface Submission {
  readonly policy: CorsPolicy
  /** The method of the request to come. A preflight may keep it from ever coming. */
  readonly method: string
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** The longest submission, in bytes. */
export const LONGEST_BODY = 65_536

const MOST_HEADERS = 50
const MOST_HEADER_BYTES = 8_000

/**
 * Reads a submission.
 *
 * @throws TypeError for anything else, in one line
 */
export function readSubmission(body: string): Submission {
  const { policy, method, status, headers } = parse(body)
  if (typeof method !== 'string' || !/^[\w!#$%&'*+.^`|~-]{1,40}$/.test(method))
    throw new TypeError(`${quote(method)}: a method is a token of at most 40 characters`)
  if (typeof status !== 'number' || !isAnswered(status))
    throw new TypeError(`${quote(status)}: a status is 200 to 299 or 400 to 599, without those that browsers act upon`)
  return { policy: readPolicy(policy), method, status, headers: readHeaders(headers) }
}

function parse(body: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new TypeError('a scenario is JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('a scenario is an object')
  return value as Record<string, unknown>
}

function readPolicy(json: unknown): CorsPolicy {
  if (typeof json !== 'object' || json === null) throw new TypeError(`${quote(json)}: a policy is an object`)
  try {
    return policyFromJson(json)
  } catch (error) {
    if (!(error instanceof CorsPolicyError)) throw error
    const [{ path, message }] = error.issues
    throw new TypeError(`the policy has a defect at ${quote(path.join('.') || 'its root')}: ${message.split('\n', 1)}`)
  }
}

function readHeaders(headers: unknown): Submission['headers'] {
  if (!Array.isArray(headers) || headers.length > MOST_HEADERS)
    throw new TypeError(`headers are a list of at most ${MOST_HEADERS} pairs`)
  const lines = headers.map((pair: unknown): readonly [string, string] => {
    const [name, value] = Array.isArray(pair) ? pair : []
    if (typeof name !== 'string' || typeof value !== 'string') throw new TypeError('a header is a pair of texts')
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      throw new TypeError(`${quote(name)}: this is no header, or its value is none`)
    }
    if (!isSent(name)) throw new TypeError(`${quote(name)}: this server does not send this header for a scenario`)
    return [name, value]
  })
  if (lines.reduce((sum, [name, value]) => sum + name.length + value.length, 0) > MOST_HEADER_BYTES)
    throw new TypeError(`headers have at most ${MOST_HEADER_BYTES} bytes together`)
  return lines
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
