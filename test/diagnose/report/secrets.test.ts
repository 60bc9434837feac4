import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROWS } from '../../../src/diagnose/findings/rows.ts'
import { redactSaid } from '../../../src/diagnose/report/redact.ts'
import {
  BROWSER_NAMES,
  CHOOSABLE,
  diagnose,
  NOT_VISIBLE,
  type PageRequest,
  snippet,
  TARGETS,
  type Transport,
  toCurl,
  toJson,
} from '../../../src/diagnose.ts'
import { holds } from '../../support/property.ts'
import { everyForm } from './forms.ts'

/** Lines of consoles, with the names that browsers give to failures. */
const RECOGNISED = readFileSync(new URL('../../../docs/console-messages.md', import.meta.url), 'utf8').split('\n')
const NAMES = ['failures', 'messages/names', 'messages/chromium', 'messages/firefox', 'failure'].flatMap((file) =>
  (readFileSync(new URL(`../../../src/browser/${file}.ts`, import.meta.url), 'utf8').match(/'[^'\n]+'/g) ?? []).map(
    (text) => text.slice(1, -1),
  ),
)

const ORIGIN = 'https://app.example.com'
const URL_ = 'https://api.example.com/v1/items'

/** A server that repeats whatever it was sent, as debugging ones and redirects do. */
const parrot: Transport = async ({ url, headers, body }) => ({
  status: 302,
  headers: [
    ['Location', url.replace('/v1/', '/v2/')],
    ['X-Echo', headers.map(([name, value]) => `${name}=${value}`).join(' ')],
    ['X-Body', body === null ? '' : new TextDecoder().decode(body)],
    ['Set-Cookie', `last=${headers.at(-1)?.[1]}; Path=/`],
    ['Access-Control-Allow-Origin', headers.at(-1)?.[1] ?? ''],
  ],
  sample: url,
})

async function forms(
  request: Partial<PageRequest>,
  transport: Transport = parrot,
): Promise<ReadonlyMap<string, string>> {
  return everyForm(await diagnose(request.url ?? URL_, { origin: ORIGIN, transport, send: true, ...request }))
}

function leaking(secret: string, written: ReadonlyMap<string, string>): readonly string[] {
  const needles = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
  return [...written].filter(([, text]) => needles.some((needle) => text.includes(needle))).map(([form]) => form)
}

/** Names under which products take secrets; the values beside them may be words. */
const HEADERS =
  `Authorization Proxy-Authorization X-Authorization Authentication Auth X-Auth X-Auth-Token X-Auth-Key X-Api-Key Api-Key apikey
  X-Access-Token Access-Token Private-Token JOB-TOKEN X-Gitlab-Token X-Shopify-Access-Token X-Goog-Api-Key X-Goog-Iap-Jwt-Assertion
  Ocp-Apim-Subscription-Key X-Amz-Security-Token X-Vault-Token X-Functions-Key X-Algolia-API-Key X-Figma-Token DD-API-KEY
  DD-APPLICATION-KEY Fastly-Key X-RapidAPI-Key X-Hasura-Admin-Secret X-Parse-Session-Token X-Parse-REST-API-Key X-Appwrite-Key
  X-Appwrite-JWT X-Plex-Token X-Redmine-API-Key X-Sentry-Auth X-Hub-Signature-256 Stripe-Signature X-Slack-Signature X-Line-Signature
  CF-Access-Client-Secret CF-Access-Jwt-Assertion X-ZUMO-AUTH X-MS-Token-AAD-Access-Token X-CSRF-Token X-XSRF-TOKEN X-CSRFToken
  RequestVerificationToken Password X-Password X-Passwd X-Passcode X-Jwt X-Session X-Session-Id SessionID X-Sid X-Pin X-OTP X-MFA
  X-Credential X-Credentials X-Cookie Cookie2 X-Bearer Secret X-Client-Secret X-Master-Key X-Signature Signature X-Sig X-Hmac X-Nonce
  X-Ticket X-Honeycomb-Team X-Firebase-AppCheck DPoP X-User-Key Token X-Token X-Id-Token X-Refresh-Token X-Telegram-Bot-Api-Secret-Token
  Idempotency-Key X-Amz-Server-Side-Encryption-Customer-Key xc-auth X-Tableau-Auth X-Killbill-ApiSecret x-psk`.split(
    /\s+/,
  )

const PARAMETERS =
  `api_key apikey apiKey key access_token accessToken id_token refresh_token token auth auth_token oauth_token code state
  client_secret client_assertion secret password passwd pwd pass pw sig signature Signature X-Amz-Signature X-Amz-Credential
  X-Amz-Security-Token X-Goog-Signature X-Goog-Credential AWSAccessKeyId GoogleAccessId Key-Pair-Id hdnts hdnea hash hmac jwt session
  session_id sessionid sid PHPSESSID ticket otp pin nonce csrf_token SAMLResponse appsecret_proof subscription-key user[password]
  verification_code sas_token`.split(/\s+/)

describe('what a report shows', () => {
  it.each(HEADERS)('holds no value of %s', async (name) => {
    const written = await forms({ headers: [[name, 'opensesame']], method: 'POST' })
    expect(leaking('opensesame', written)).toEqual([])
    expect(written.get('curl')).toContain(`${name}: …`)
  })

  it.each(PARAMETERS)('holds no value of the parameter %s', async (name) => {
    for (const url of [
      `${URL_}?a=1&${name}=opensesame&z=2`,
      `${URL_}#${name}=opensesame`,
      `${URL_};${name}=opensesame`,
    ]) {
      const written = await forms({ url })
      expect(leaking('opensesame', written)).toEqual([])
    }
    expect((await forms({ url: `${URL_}?a=1&${name}=opensesame&z=2` })).get('curl')).toContain(`?a=1&${name}=…&z=2`)
  })

  it.each([
    ['a JSON Web Token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
    ['a key of Stripe', 'sk_live_abcdefghijkl'],
    ['a token of GitHub', 'ghp_abcdefghijklmnopqrst'],
    ['a token of Slack', 'xoxb-123456789-abcdef'],
    ['a key of AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['hexadecimal', '9f86d081884c7d659a2feaa0c55ad015'],
    ['base64', 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ'],
    ['base64url', 'Vx-3_kQ9-aZ_7pLm2-Ty_8'],
  ])('holds no %s, wherever it stands', async (_, token) => {
    const places: readonly Partial<PageRequest>[] = [
      { headers: { 'X-Custom': token } },
      { headers: { 'X-Custom': `v1 ${token}` } },
      { headers: { Accept: token } },
      { headers: { Referer: `https://app.example.com/?q=${token}` } },
      { url: `${URL_}/${token}/x` },
      { url: `${URL_}?${token}` },
      { url: `${URL_}?q=${token}` },
      { url: `${URL_}?next=${encodeURIComponent(`https://b.example.com/?t=${token}`)}` },
      { url: `${URL_}#${token}` },
      { method: 'POST', body: token },
      { method: 'POST', body: JSON.stringify({ q: token }), headers: { 'Content-Type': 'application/json' } },
      { credentials: 'include', headers: { Cookie: `a=${token}; theme=dark` } },
      { headers: { Authorization: `Basic ${btoa(`user:${token}`)}` } },
    ]
    for (const place of places) expect([place, leaking(token, await forms(place))]).toEqual([place, []])
  })

  it('holds no password that a server repeats decoded', async () => {
    const basic: Transport = async () => ({
      status: 200,
      headers: [
        ['X-User', 'admin:hunter22'],
        ['Location', '/?u=hunter22'],
      ],
    })
    const written = await forms({ headers: { Authorization: `Basic ${btoa('admin:hunter22')}` } }, basic)
    expect(leaking('hunter22', written)).toEqual([])
  })

  it('holds no random secret, wherever it was put', async () => {
    const secret = fc.string({
      unit: fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789'),
      minLength: 32,
      maxLength: 64,
    })
    const place = fc.constantFrom<(secret: string) => Partial<PageRequest>>(
      (s) => ({ url: `https://api.example.com/${s}` }),
      (s) => ({ url: `${URL_}?q=${s}` }),
      (s) => ({ url: `${URL_}?${s}=1` }),
      (s) => ({ url: `${URL_}#/callback?x=${s}` }),
      (s) => ({ headers: [['X-Anything', s]] }),
      (s) => ({ headers: [['X-Anything', `a=${s}; b`]] }),
      (s) => ({ headers: [['Content-Type', `multipart/form-data; boundary=${s}`]], method: 'POST', body: s }),
      (s) => ({ headers: [['Cookie', s]], credentials: 'include' }),
      (s) => ({ headers: [['Authorization', s]] }),
      (s) => ({ headers: [['Authorization', `Custom ${s}`]] }),
      (s) => ({ method: 'PUT', body: `password=${s}` }),
    )
    await holds(
      fc.asyncProperty(secret, place, async (text, put) => {
        expect(leaking(text, await forms(put(text)))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('says everything of ours as it is', async () => {
    const rows = ROWS.flatMap(({ code, says, remedy }) => [
      code,
      says,
      remedy?.advice ?? '',
      ...Object.values(remedy?.by ?? {}),
    ])
    const snippets = CHOOSABLE.map(
      (target) =>
        snippet(target, {
          origins: [ORIGIN],
          credentials: true,
          methods: ['PUT'],
          requestHeaders: ['Authorization', 'X-Api-Key'],
          exposedHeaders: ['X-Session-Id'],
          maxAge: 600,
        }) ?? '',
    )
    const lines = BROWSER_NAMES.flatMap((engine) => RECOGNISED.map((line) => `${engine} ${line}`))
    const changed = [...rows, ...snippets, ...lines, ...NAMES, ...NOT_VISIBLE, ...Object.values(TARGETS)].filter(
      (text) => redactSaid(text) !== text,
    )
    expect(changed).toEqual([])
  })

  it('shows a stranger that holds the trusted origin in the place of a user', async () => {
    const naive: Transport = async ({ headers }) => {
      const origin = headers.find(([name]) => name === 'Origin')?.[1] ?? ''
      return {
        status: 200,
        headers: origin.startsWith(ORIGIN) ? [['Access-Control-Allow-Origin', origin]] : [],
      }
    }
    const diagnosis = await diagnose(URL_, { origin: ORIGIN, transport: naive, security: true })
    expect(everyForm(diagnosis).get('text')).toContain('https://app.example.com@attacker.test')
  })

  it('keeps what a diagnosis is about', async () => {
    const telling: Transport = async () => ({
      status: 200,
      headers: [
        ['Access-Control-Allow-Origin', 'https://app-git-a1b2c3d4e5f6-team.example.com'],
        ['Access-Control-Allow-Headers', 'Authorization, X-Api-Key'],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Vary', 'Origin'],
        ['Server', 'nginx/1.22.1'],
        ['Set-Cookie', 'sid=opensesame; Path=/; SameSite=Lax'],
        ['WWW-Authenticate', 'Bearer realm="api"'],
      ],
    })
    const url = 'https://d111111abcdef8.cloudfront.example/users/0f8fad5b-d9cd-469f-a165-70867728950e?page=2&sort=name'
    const diagnosis = await diagnose(url, {
      origin: 'https://app-git-a1b2c3d4e5f6-team.example.com',
      headers: {
        'X-Requested-With': 'XMLHttpRequest',
        Authorization: 'Bearer opensesame',
        'Content-Type': 'application/json',
      },
      transport: telling,
    })
    const { input, preflight } = toJson(diagnosis, '0')
    expect(input).toMatchObject({
      url,
      origin: 'https://app-git-a1b2c3d4e5f6-team.example.com',
      headers: [
        ['X-Requested-With', 'XMLHttpRequest'],
        ['Authorization', 'Bearer …'],
        ['Content-Type', 'application/json'],
      ],
    })
    expect(preflight.exchange?.response?.headers).toEqual([
      ['Access-Control-Allow-Origin', 'https://app-git-a1b2c3d4e5f6-team.example.com'],
      ['Access-Control-Allow-Headers', 'Authorization, X-Api-Key'],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Vary', 'Origin'],
      ['Server', 'nginx/1.22.1'],
      ['Set-Cookie', 'sid=…; Path=/; SameSite=Lax'],
      ['WWW-Authenticate', 'Bearer realm="api"'],
    ])
  })
})

describe('toCurl', () => {
  const curl = (url: string, headers: readonly (readonly [string, string])[] = [], body: string | null = null) =>
    toCurl({ method: 'GET', url, headers, body: body === null ? null : new TextEncoder().encode(body) })

  it.each([
    ['https://a.com/?ids[]=1', `curl -i -g 'https://a.com/?ids[]=1'`],
    ['https://a.com/{id}', `curl -i -g 'https://a.com/{id}'`],
    ['http://[::1]:8080/', `curl -i -g 'http://[::1]:8080/'`],
    ['https://a.com/b?c=1', `curl -i 'https://a.com/b?c=1'`],
    ['https://user:opensesame@a.com/', `curl -i 'https://…@a.com/'`],
  ])('takes %s as it is', (url, command) => expect(curl(url)).toBe(command))

  it.each([
    ['it’s', `'X-A: it’s'`],
    [`it's`, `'X-A: it'\\''s'`],
    ['hey!', `'X-A: hey!'`],
    ['$(id) `id` "x"', `'X-A: $(id) \`id\` "x"'`],
    ["a\tb!'c\\", `$'X-A: a\\x09b\\x21\\x27c\\x5c'`],
    ['a\u202eb', `$'X-A: a\\xe2\\x80\\xaeb'`],
    ['', `'X-A;'`],
  ])('quotes %j for a shell', (value, word) =>
    expect(curl('https://a.com/', [['X-A', value]])).toBe(`curl -i https://a.com/ -H ${word}`),
  )

  it('says where the body goes', () =>
    expect(curl('https://a.com/', [], 'x')).toBe(`curl -i https://a.com/ --data-raw '…'`))

  it('leaves out a value that is too long for a command', () =>
    expect(curl('https://a.com/', [['X-A', 'ab '.repeat(400)]])).toBe(`curl -i https://a.com/ -H 'X-A: …'`))
})
