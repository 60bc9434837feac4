import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FAILURE_CODES, type FailureDetail, type MessageContext } from '../../src/browser/failures.ts'
import { chromiumMessage } from '../../src/browser/messages/chromium.ts'
import { firefoxMessage } from '../../src/browser/messages/firefox.ts'
import { chromiumName, firefoxName, mdnPage } from '../../src/browser/messages/names.ts'
import { webkitMessage } from '../../src/browser/messages/webkit.ts'

interface Words {
  readonly names: Record<'chromium' | 'chromiumPreflight' | 'firefox' | 'mdn', string | null>
  readonly lines: Record<'chromium' | 'firefox' | 'webkit', string>
}

/** Names and lines are what people search for: each is written down, whole. */
const WORDS: Record<string, Words> = JSON.parse(
  readFileSync(new URL('../vectors/messages.json', import.meta.url), 'utf8'),
)

const URL_ = 'https://api.example.org/x'
const PAGE = 'https://app.example.com'

function on(more: Partial<MessageContext> = {}): MessageContext {
  const page = { pageOrigin: PAGE, requestOrigin: PAGE, initiator: 'fetch', mode: 'cors', status: 200 } as const
  return { isPreflight: false, url: URL_, firstUrl: URL_, ...page, ...more }
}

const defect = (code: string, value = 'VALUE', lines?: number): FailureDetail =>
  ({ code, step: '', value, ...(lines === undefined ? {} : { lines }) }) as FailureDetail

describe('the words of a failure', () => {
  it('are written down for every code', () => {
    expect(Object.keys(WORDS)).toEqual(FAILURE_CODES)
  })

  for (const [code, { names, lines }] of Object.entries(WORDS)) {
    it(`are these for ${code}`, () => {
      const found = defect(code)
      expect({
        chromium: chromiumName(found, false),
        chromiumPreflight: chromiumName(found, true),
        firefox: firefoxName(found),
        mdn: mdnPage(found),
      }).toEqual(names)
      expect({
        chromium: chromiumMessage(found, on()),
        firefox: firefoxMessage(found, on()),
        webkit: webkitMessage(found, on()),
      }).toEqual(lines)
    })
  }
})

describe('chromiumMessage()', () => {
  const blocked = `Access to fetch at '${URL_}' from origin '${PAGE}' has been blocked by CORS policy: `

  it('says that a preflight failed', () => {
    expect(chromiumMessage(defect('allow-origin-missing'), on({ isPreflight: true }))).toBe(
      `${blocked}Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    )
  })

  it('says where a redirect began', () => {
    const message = chromiumMessage(defect('allow-origin-missing'), on({ firstUrl: 'https://api.example.org/first' }))
    expect(message).toContain(`at '${URL_}' (redirected from 'https://api.example.org/first') from`)
  })

  it.each([
    ['xhr', 'XMLHttpRequest'],
    ['beacon', 'resource'],
    ['eventsource', 'resource'],
    ['script', 'script'],
    ['style', 'CSS stylesheet'],
    ['image', 'image'],
    ['font', 'font'],
  ] as const)('calls %s: %s', (initiator, kind) => {
    expect(chromiumMessage(defect('allow-origin-missing'), on({ initiator }))).toContain(`Access to ${kind} at `)
  })

  it('gives advice by what asked', () => {
    const hint = 'Have the server send the header with a valid value.'
    const xhr =
      'The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.'
    for (const code of ['allow-origin-multiple', 'allow-origin-malformed', 'allow-origin-mismatch']) {
      expect(chromiumMessage(defect(code), on())).toContain(` ${hint}`)
      expect(chromiumMessage(defect(code), on({ initiator: 'xhr' }))).not.toContain(hint)
    }
    for (const code of ['allow-origin-wildcard', 'allow-credentials']) {
      expect(chromiumMessage(defect(code), on({ initiator: 'xhr' })).endsWith(` ${xhr}`)).toBe(true)
      expect(chromiumMessage(defect(code), on())).not.toContain(xhr)
    }
  })

  it('writes what is no printable ASCII in hexadecimal', () => {
    const message = chromiumMessage(defect('allow-origin-mismatch', 'a\x1f ~\x7fé'), on())
    expect(message).toContain("'a\\u001F ~\\u007F\\u00E9'")
  })

  it.each([
    ['scheme-not-http', 'file', 'cors', `Not allowed to load local resource: ${URL_}`],
    ['redirect-scheme', 'foo://x', 'no-cors', 'Failed to load resource: net::ERR_UNKNOWN_URL_SCHEME'],
    ['redirect-scheme', 'data:,x', 'cors', 'Failed to load resource: net::ERR_UNSAFE_REDIRECT'],
    ['redirect-scheme', 'file:///x', 'cors', 'Failed to load resource: net::ERR_UNSAFE_REDIRECT'],
    ['redirect-scheme', 'blob:x', 'cors', 'Failed to load resource: net::ERR_UNSAFE_REDIRECT'],
    ['resource-policy', 'same-site', 'no-cors', 'Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameSite'],
    [
      'resource-policy',
      'same-origin',
      'no-cors',
      'Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin',
    ],
  ] as const)('says of %s %s in the mode %s: %s', (code, value, mode, message) => {
    expect(chromiumMessage(defect(code, value), on({ mode }))).toBe(message)
  })
})

describe('firefoxMessage()', () => {
  const frame = 'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at'

  it('tells several lines from a list in one line', () => {
    expect(firefoxName(defect('allow-origin-multiple', 'a, b', 2))).toBe('CORSMultipleAllowOriginNotAllowed')
    expect(firefoxName(defect('allow-origin-multiple', 'a, b', 1))).toBe('CORSAllowOriginNotMatchingOrigin')
    expect(firefoxMessage(defect('allow-origin-multiple', 'a, b', 2), on())).toBe(
      `${frame} ${URL_}. (Reason: Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).`,
    )
    expect(firefoxMessage(defect('allow-origin-multiple', 'a, b', 1), on())).toContain('does not match ‘a, b’')
  })

  it('reads the bytes of a value as UTF-8', () => {
    expect(firefoxMessage(defect('allow-origin-mismatch', '\xc3\xa9\xff'), on())).toContain('does not match ‘é\ufffd’')
  })

  it('has words of its own for files', () => {
    expect(firefoxName(defect('scheme-not-http', 'file'))).toBeNull()
    expect(firefoxMessage(defect('scheme-not-http', 'file'), on())).toBe(
      `Security Error: Content at ${PAGE}/ may not load or link to ${URL_}.`,
    )
  })
})

describe('webkitMessage()', () => {
  it('calls several origins what they are where a comma stands between', () => {
    expect(webkitMessage(defect('allow-origin-multiple', 'a, b'), on())).toBe(
      'Access-Control-Allow-Origin cannot contain more than one origin.',
    )
  })

  it.each([
    ['fetch', 'Fetch API'],
    ['xhr', 'XMLHttpRequest'],
    ['beacon', 'Beacon API'],
    ['eventsource', 'EventSource'],
    ['script', 'Script'],
    ['style', 'Stylesheet'],
    ['image', 'Image'],
    ['font', 'Font'],
  ] as const)('calls %s: %s', (initiator, kind) => {
    expect(webkitMessage(defect('network-error'), on({ initiator }))).toBe(
      `${kind} cannot load ${URL_} due to access control checks.`,
    )
  })
})
