import { describe, expect, it } from 'vitest'
import type { HeaderLine } from '../../../src/browser/wire.ts'
import { failingOf, type HarKind, kindOf } from '../../../src/diagnose/imports/har-kinds.ts'
import type { NoAnswerKind } from '../../../src/diagnose.ts'

/** What browsers and tools write about a request without an answer. */
const WORDS: readonly (readonly [said: string, kind: NoAnswerKind])[] = [
  ['net::ERR_NAME_NOT_RESOLVED', 'dns'],
  ['net::ERR_NAME_RESOLUTION_FAILED', 'dns'],
  ['NS_ERROR_UNKNOWN_HOST', 'dns'],
  ['net::ERR_CONNECTION_REFUSED', 'refused'],
  ['net::ERR_ADDRESS_UNREACHABLE', 'refused'],
  ['net::ERR_ADDRESS_INVALID', 'refused'],
  ['net::ERR_INTERNET_DISCONNECTED', 'refused'],
  ['net::ERR_NETWORK_CHANGED', 'refused'],
  ['net::ERR_TIMED_OUT', 'timeout'],
  ['NS_ERROR_NET_TIMEOUT', 'timeout'],
  ['net::ERR_CERT_DATE_INVALID', 'tls'],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'tls'],
  ['SEC_SECURITY_ERROR', 'tls'],
  ['net::ERR_CONNECTION_RESET', 'reset'],
  ['net::ERR_CONNECTION_CLOSED', 'reset'],
  ['net::ERR_CONNECTION_ABORTED', 'reset'],
  ['net::ERR_EMPTY_RESPONSE', 'reset'],
  ['NS_ERROR_NET_RESET', 'reset'],
  ['NS_ERROR_NET_INTERRUPT', 'reset'],
  ['net::ERR_INVALID_HTTP_RESPONSE', 'not-http'],
  ['net::ERR_RESPONSE_HEADERS_TOO_BIG', 'headers-too-large'],
  ['net::ERR_FAILED', 'blocked'],
  ['net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS', 'blocked'],
  ['Origin is not allowed by Access Control', 'blocked'],
  ['CORS error', 'blocked'],
  ['Cross-Origin request', 'blocked'],
  ['cross origin', 'blocked'],
  ['NS_ERROR_DOM_BAD_URI', 'blocked'],
  ['net::ERR_HTTP2_PROTOCOL_ERROR', 'failed'],
  ['scorsese', 'failed'],
  ['net::ERR_ABORTED', 'failed'],
]

const UNRECORDED = { kind: 'unrecorded', detail: 'the archive contains neither an answer nor a reason' }

describe('failingOf()', () => {
  it.each(WORDS)('reads %s', (said, kind) => expect(failingOf({ _error: said }, 0)).toEqual({ kind, detail: said }))

  it.each(['_error', '_failureText', '_errorText', '_blockedReason', 'comment'])('looks into %s', (key) => {
    expect(failingOf({ [key]: 'a' }, 0)).toEqual({ kind: 'failed', detail: 'a' })
    expect(failingOf({ [key]: 5 }, 0)).toEqual(UNRECORDED)
    expect(failingOf({ [key]: '' }, 99)).toEqual(UNRECORDED)
    expect(failingOf({ [key]: 'a' }, 100)).toBeNull()
    expect(failingOf({ [key]: 'net::ERR_FAILED' }, 200)).toEqual({ kind: 'blocked', detail: 'net::ERR_FAILED' })
  })

  it.each([
    [{}, 0, UNRECORDED],
    [null, 99, UNRECORDED],
    [null, 100, null],
    [{ _error: '', _failureText: 'a', comment: 'b' }, 0, { kind: 'failed', detail: 'a' }],
    [{ _error: 'a', comment: 'net::ERR_FAILED' }, 200, { kind: 'blocked', detail: 'net::ERR_FAILED' }],
    [{ _error: 'NS_ERROR_X' }, 200, { kind: 'failed', detail: 'NS_ERROR_X' }],
    [{ _error: 'a net::ERR_FAILED' }, 200, null],
    [{ _error: 'an Access Control check' }, 200, { kind: 'blocked', detail: 'an Access Control check' }],
    [{ comment: 'by CORS' }, 200, { kind: 'blocked', detail: 'by CORS' }],
    [{ comment: 'by Scorsese' }, 200, null],
    [{ comment: 'x'.repeat(250) }, 0, { kind: 'failed', detail: 'x'.repeat(200) }],
  ])('reads %j with the status %i', (response, status, failing) => {
    expect(failingOf(response, status)).toEqual(failing)
  })
})

const PAGE = 'https://app.example'
const API = 'https://api.example/x'

/** What is seen of a fetch() of another origin, unless it says otherwise. */
interface Seen {
  readonly entry?: object
  readonly headers?: readonly HeaderLine[]
  readonly urls?: readonly string[]
  readonly said?: string
  readonly status?: number
}

const kind = ({ entry = {}, headers = [['Origin', PAGE]], urls = [API], said, status = 200 }: Seen) =>
  kindOf({
    entry,
    headers,
    urls,
    origin: PAGE,
    failing: said === undefined ? null : { kind: 'failed', detail: said },
    answer: said === undefined ? { status, headers: [] } : null,
  })

const mode = (value: string): readonly HeaderLine[] => [['sec-fetch-mode', value]]

const KINDS: readonly (readonly [seen: Seen, kind: HarKind])[] = [
  [{}, 'cors'],
  [{ said: 'net::ERR_BLOCKED_BY_CLIENT' }, 'blocked-by-client'],
  [{ said: 'net::err_blocked_by_administrator' }, 'blocked-by-client'],
  [{ said: 'blocked:other' }, 'blocked-by-client'],
  [{ said: 'net::ERR_ABORTED' }, 'aborted'],
  [{ said: 'NS_BINDING_ABORTED' }, 'aborted'],
  [{ said: 'canceled' }, 'aborted'],
  [{ said: '(Cancelled)' }, 'aborted'],
  [{ said: 'aborted' }, 'aborted'],
  [{ said: 'net::ERR_CONNECTION_ABORTED' }, 'cors'],
  [{ said: 'net::ERR_BLOCKED_BY_CSP' }, 'blocked-by-policy'],
  [{ said: 'net::ERR_BLOCKED_BY_RESPONSE.NotSameSite' }, 'blocked-by-policy'],
  [{ said: 'net::ERR_BLOCKED_BY_ORB' }, 'blocked-by-policy'],
  [{ said: 'csp' }, 'blocked-by-policy'],
  [{ said: 'mixed-content' }, 'blocked-by-policy'],
  [{ said: 'coep-frame' }, 'blocked-by-policy'],
  [{ said: 'CORP-not-same-site' }, 'blocked-by-policy'],
  [{ said: 'a csp' }, 'cors'],
  [{ said: 'net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS' }, 'cors'],
  [{ urls: [`${PAGE}/x`] }, 'same-origin'],
  [{ urls: [`${PAGE}/x`, `${PAGE}/y`] }, 'same-origin'],
  [{ urls: [`${PAGE}/x`, API] }, 'cors'],
  [{ urls: [API, `${PAGE}/x`] }, 'cors'],
  [{ headers: mode('navigate') }, 'navigation'],
  [{ headers: mode('nested-navigate') }, 'navigation'],
  [{ headers: mode('Navigate') }, 'navigation'],
  [{ entry: { _resourceType: 'document' } }, 'navigation'],
  [{ entry: { _resourceType: 'SubDocument' } }, 'navigation'],
  [{ headers: mode('cors') }, 'cors'],
  [{ headers: mode('no-cors') }, 'no-cors'],
  [{ headers: [...mode('no-cors'), ['Origin', PAGE]] }, 'no-cors'],
  [{ headers: mode('no-cors'), entry: { _resourceType: 'fetch' } }, 'no-cors'],
  [{ headers: [['ORIGIN', PAGE]] }, 'cors'],
  [{ headers: [] }, 'no-cors'],
  ...['xhr', 'fetch', 'XMLHttpRequest', 'eventsource', 'font'].map((type): readonly [Seen, HarKind] => [
    { headers: [], entry: { _resourceType: type } },
    'cors',
  ]),
  ...['image', 'xhrs', 'prefetch', 'fonts'].map((type): readonly [Seen, HarKind] => [
    { headers: [], entry: { _resourceType: type } },
    'no-cors',
  ]),
  [{ headers: [], entry: { _initiator: { type: 'XMLHttpRequest' } } }, 'cors'],
  [{ headers: [], entry: { _initiator: { type: 'fetch' } } }, 'cors'],
  [{ headers: [], entry: { _initiator: { type: 'prefetch' } } }, 'no-cors'],
  [{ headers: [], entry: { _initiator: { type: 'fetched' } } }, 'no-cors'],
  [{ headers: [], entry: { _initiator: { type: 'script' } } }, 'no-cors'],
  [{ headers: [], entry: { _resourceType: 'image', _initiator: { type: 'fetch' } } }, 'no-cors'],
  [{ entry: { response: { _fetchedViaServiceWorker: true } } }, 'service-worker'],
  [{ entry: { response: { _fetchedViaServiceWorker: 'true' } } }, 'cors'],
  [{ entry: { response: { _fetchedViaServiceWorker: true } }, said: 'net::ERR_FAILED' }, 'cors'],
  [{ status: 304 }, 'revalidated'],
  [{ status: 303 }, 'cors'],
]

describe('kindOf()', () => {
  it.each(KINDS)('of %j is %s', (seen, expected) => expect(kind(seen)).toBe(expected))

  it('of a 304 that failed is that of any CORS request', () => {
    const failing = { kind: 'blocked', detail: 'net::ERR_FAILED' } as const
    const seen = { entry: {}, headers: mode('cors'), urls: [API], origin: PAGE }
    expect(kindOf({ ...seen, failing, answer: { status: 304, headers: [] } })).toBe('cors')
    expect(kindOf({ ...seen, origin: undefined, failing: null, answer: null })).toBe('cors')
  })
})
