import { describe, expect, it } from 'vitest'
import { messageText } from '../../../src/cli/message.ts'
import type { DiagnoseOptions, Diagnosis, Transport } from '../../../src/diagnose.ts'
import { diagnose, FORMATS, formatReport, recognizeMessage } from '../../../src/diagnose.ts'
import { everyForm } from './forms.ts'

const ORIGIN = 'https://app.example.com'
const URL_ = 'https://api.example.com/items?page=2'
const MARK = ['Access-Control-Allow-Origin', ORIGIN] as const

type Answer = Awaited<ReturnType<Transport>>

const ask = (transport: Transport, options: Partial<DiagnoseOptions> = {}): Promise<Diagnosis> =>
  diagnose(URL_, { origin: ORIGIN, transport, now: () => 0, ...options })

const two =
  (preflight: Answer, rest: Answer): Transport =>
  async ({ method }) =>
    method === 'OPTIONS' ? preflight : rest

/** How things may end, each by its name. */
const ENDS: Readonly<Record<string, () => Promise<Diagnosis>>> = {
  'blocked, with a fix to paste and more in line': () =>
    ask(
      two(
        { status: 204, headers: [MARK, ['Server', 'nginx/1.22'], ['Access-Control-Allow-Methods', 'DELETE']] },
        { status: 200, headers: [MARK, ['Vary', 'Origin']] },
      ),
      {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Authorization: 'Bearer x' },
        credentials: 'include',
        body: '{}',
        uploadListener: true,
      },
    ),
  'blocked, and the page is at fault': () =>
    ask(two({ status: 308, headers: [['Location', 'https://www.example.com/items']] }, { status: 200, headers: [] }), {
      method: 'PUT',
    }),
  'allowed, with warnings': () => ask(async () => ({ status: 200, headers: [MARK] })),
  'allowed so far, and not sent': () =>
    ask(
      two(
        {
          status: 204,
          headers: [
            MARK,
            ['Vary', 'Origin'],
            ['Access-Control-Allow-Methods', 'PUT'],
            ['Access-Control-Max-Age', '600'],
          ],
        },
        { status: 404, headers: [MARK, ['Vary', 'Origin']] },
      ),
      {
        method: 'PUT',
      },
    ),
  'not tested': () => ask(async () => ({ kind: 'dns', detail: 'getaddrinfo ENOTFOUND api.example.com' })),
  'strangers are let in': () =>
    ask(
      async ({ headers }) => {
        const origin = headers.find(([name]) => name === 'Origin')?.[1] ?? ''
        const isIn = origin.startsWith(ORIGIN)
        return {
          status: 200,
          headers: isIn
            ? [
                ['Access-Control-Allow-Origin', origin],
                ['Vary', 'Origin'],
                ['Access-Control-Allow-Credentials', 'true'],
              ]
            : [['Vary', 'Origin']],
        }
      },
      { security: true, credentials: 'include' },
    ),
  'every origin is let in': () =>
    ask(
      async ({ headers }) => ({
        status: 200,
        headers: [
          ['Access-Control-Allow-Origin', headers.find(([name]) => name === 'Origin')?.[1] ?? '*'],
          ['Vary', 'Origin'],
        ],
      }),
      { security: true },
    ),
  'nobody is': () => ask(async () => ({ status: 200, headers: [['Vary', 'Origin']] }), { security: true }),
  'a name that is looked for in vain': () =>
    diagnose('http://user-page.example/', {
      origin: 'https://app.example.com',
      transport: async () => ({ status: 200, headers: [] }),
      now: () => 0,
    }),
}

const CASES = Object.entries(ENDS)

/** What differs from run to run. */
function steady(text: string): string {
  return text.replaceAll(/in \d+ ms/g, 'in 0 ms').replaceAll(/"ms":\d+/g, '"ms":0')
}

describe('a report', () => {
  it.each(CASES)('of "%s" is written in every form', async (name, end) => {
    const forms = everyForm(await end())
    expect([...forms.keys()].sort()).toEqual(['curl', 'github', 'json', 'junit', 'markdown', 'sarif', 'text'])
    // Fifty strangers are tried: their requests are no help to a reader of this.
    const isLong = name.endsWith('let in') || name.startsWith('nobody')
    for (const [form, text] of forms)
      if (!isLong || !['json', 'curl', 'text'].includes(form)) expect(steady(text)).toMatchSnapshot(form)
    if (isLong)
      expect(steady((forms.get('text') ?? '').replace(/\nRequests sent: .*?\n\n/s, '\n'))).toMatchSnapshot('text')
  })

  it.each(FORMATS)('as %s says what was expected, and whether it came out so', async (format) => {
    const diagnosis = await ask(async () => ({ status: 200, headers: [] }))
    const items = [
      { title: 'the app reads', diagnosis, isFine: false, expected: 'shared' },
      { title: 'nobody else <b>&"', diagnosis, isFine: true, expected: 'refused (allow-origin-missing)' },
    ]
    expect(formatReport(format, items, '1.2.3')).toMatchSnapshot()
  })
})

describe('a console line', () => {
  const plain = (_: string, text: string) => text
  it.each([
    `Access to fetch at 'https://api.example.com/x' from origin '${ORIGIN}' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`,
    `Access to fetch at 'https://api.example.com/x' (redirected from 'https://a.example.com/') from origin '${ORIGIN}' has been blocked by CORS policy: Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.`,
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x. (Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’). Status code: 200.',
    'Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 403',
    'TypeError: Failed to fetch',
  ])('is explained: %s', (line) => {
    const message = recognizeMessage(line)
    expect(message === null ? null : messageText(message, plain)).toMatchSnapshot()
  })
})
