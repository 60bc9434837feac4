// The words of a failed assertion: which header is asked for, and what was sent.
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../src/browser/assertions.ts'
import type { CorsFailure } from '../../src/browser/failure.ts'
import { firefoxName } from '../../src/browser/messages/names.ts'
import { explainOutcome, log, unread } from '../../src/browser/outcome-text.ts'
import type { Exchange, HeaderLine } from '../../src/browser/wire.ts'

const PAGE = 'https://app.example.com'
const consoleMessage = { chromium: 'C', firefox: 'F', webkit: 'W' }

function failure(code: string, during: CorsFailure['during'] = 'response', value = 'VALUE'): CorsFailure {
  return { code, during, value, origin: PAGE, step: 'step 1', consoleMessage } as CorsFailure
}

function exchange(answered: readonly HeaderLine[] | null, asked: readonly HeaderLine[] = []): Exchange {
  const request = { method: 'GET', url: 'https://api.example.com/', headers: asked, body: null }
  return { kind: 'request', request, response: answered && { status: 200, headers: answered }, credentials: false }
}

describe('explainOutcome()', () => {
  it.each([
    ['allow-origin-missing', `Access-Control-Allow-Origin: ${PAGE}`],
    ['allow-origin-wildcard', `Access-Control-Allow-Origin: ${PAGE}`],
    ['allow-origin-multiple', `Access-Control-Allow-Origin: ${PAGE}`],
    ['allow-origin-malformed', `Access-Control-Allow-Origin: ${PAGE}`],
    ['allow-origin-mismatch', `Access-Control-Allow-Origin: ${PAGE}`],
    ['allow-credentials', 'Access-Control-Allow-Credentials: true'],
    ['allow-methods-syntax', 'Access-Control-Allow-Methods: a list of methods'],
    ['method-not-allowed', 'Access-Control-Allow-Methods: VALUE'],
    ['allow-headers-syntax', 'Access-Control-Allow-Headers: a list of header names'],
    ['header-not-allowed', 'Access-Control-Allow-Headers: VALUE'],
    ['redirect-mode', null],
    ['network-error', null],
  ])('asks for what %s lacks', (code, line) => {
    const added = explainOutcome(failure(code), [exchange([])])
      .split('\n')
      .filter((text) => /^ {2}[+-] /.test(text))
    const name = line?.split(':')[0]
    expect(added).toEqual(line === null ? [] : [`  - (no ${name})`, `  + ${line}`])
  })

  it('shows the lines that came, whatever their case, and names the part that failed', () => {
    const sent = exchange([
      ['access-control-allow-origin', 'https://a.example'],
      ['X-Other', '1'],
    ])
    expect(explainOutcome(failure('allow-origin-mismatch'), [sent]).split('\n')).toEqual([
      '  allow-origin-mismatch (step 1), in the response',
      '  Chromium: C',
      '  Firefox:  F',
      '  WebKit:   W',
      '  - access-control-allow-origin: https://a.example',
      `  + Access-Control-Allow-Origin: ${PAGE}`,
      '  GET https://api.example.com/ → 200',
      '    < access-control-allow-origin: https://a.example',
    ])
    expect(explainOutcome(failure('method-not-allowed', 'preflight'), [sent])).toContain('in the preflight')
  })

  it('shows no difference where nothing was answered', () => {
    for (const exchanges of [[], [exchange(null)]])
      expect(explainOutcome(failure('allow-origin-missing'), exchanges)).not.toMatch(/^ {2}[+-] /m)
    expect(explainOutcome(failure('allow-origin-missing'), [])).toMatch(/\n {2}nothing was sent$/)
  })
})

describe('log()', () => {
  it('shows the headers that bear on CORS, and the answer', () => {
    const asked = exchange(
      [
        ['Vary', 'Origin'],
        ['Location', '/b'],
        ['Access-Control-Max-Age', '5'],
        ['Content-Type', 'text/plain'],
      ],
      [
        ['Origin', PAGE],
        ['Access-Control-Request-Method', 'PUT'],
        ['Accept', '*/*'],
      ],
    )
    expect(log([asked, exchange(null)]).split('\n')).toEqual([
      '  GET https://api.example.com/ → 200',
      `    > Origin: ${PAGE}`,
      '    > Access-Control-Request-Method: PUT',
      '    < Vary: Origin',
      '    < Location: /b',
      '    < Access-Control-Max-Age: 5',
      '  GET https://api.example.com/ → no answer',
    ])
  })
})

describe('unread()', () => {
  it('says whether the header was sent, and what is exposed', () => {
    expect(unread('ETag', [exchange([])])).toBe('ETag: the server did not send it')
    expect(unread('ETag', [])).toBe('ETag: the server did not send it')
    expect(unread('ETag', [exchange([['etag', '1']])])).toBe(
      'ETag: sent, but not in Access-Control-Expose-Headers (absent)',
    )
    const exposed: HeaderLine[] = ['X-A', 'X-B'].map((name) => ['access-control-expose-headers', name])
    expect(unread('etag', [exchange([['ETag', '1'], ...exposed])])).toBe(
      'etag: sent, but not in Access-Control-Expose-Headers (X-A, X-B)',
    )
  })
})

it('what is no outcome is said to be none', async () => {
  for (const other of [null, {}, 'x', 5]) await expect(outcomeOf(other as never)).rejects.toThrow('another object')
})

it('a name of a failure that is only like a file: URL is kept', () => {
  expect(firefoxName({ code: 'method-not-allowed', step: '', value: 'file' })).toBe('CORSMethodNotFound')
  expect(firefoxName({ code: 'scheme-not-http', step: '', value: 'file' })).toBeNull()
})
