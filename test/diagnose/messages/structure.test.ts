// Lines in any language are read by what translators leave alone: addresses, header names, quoted values, statuses.
import { describe, expect, it } from 'vitest'
import { readStructure, readUnsafe } from '../../../src/diagnose/messages/firefox-structure.ts'
import { tidy } from '../../../src/diagnose/messages/tidy.ts'
import { readTranslated } from '../../../src/diagnose/messages/translated.ts'

const [API, APP] = ['https://api.example.com/v1/x', 'https://app.example.com']
const NAME = { Origin: "'Access-Control-Allow-Origin'", Headers: "'Access-Control-Allow-Headers'" }

/** What is read, without places: the text between them is told instead. */
function structureOf(text: string) {
  const tidied = tidy(text)
  return readStructure(tidied).map(({ index, end, ...read }) => ({ ...read, from: tidied.plain.slice(index, end) }))
}

const firefox = (reason: string, after = '') =>
  `Anfrage blockiert: Die Regel verbietet das Lesen von ${API}. (Grund: ${reason})${after}`
const found = (reason: string) => ({ url: API, from: `${API}. (Grund: ${reason}` })

describe('a line of Firefox in any language', () => {
  it.each([
    [`CORS-Kopfzeile ${NAME.Origin} fehlt`, '', 'allow-origin-missing', null, null, null],
    [
      `CORS-Kopfzeile ${NAME.Origin} fehlt`,
      '. Statuscode: 200',
      'allow-origin-missing',
      'CORSMissingAllowOrigin2',
      null,
      200,
    ],
    [
      `CORS-Kopfzeile ${NAME.Origin} fehlt`,
      '. Statuscode: (null)',
      'allow-origin-missing',
      'CORSMissingAllowOrigin2',
      null,
      null,
    ],
    [`CORS-Kopfzeile ${NAME.Origin} fehlt`, '. Statuscode : 2001', 'allow-origin-missing', null, null, null],
    [
      `CORS-Kopfzeile ${NAME.Origin} ist nicht 'https://b.example'`,
      '',
      'allow-origin-mismatch',
      'CORSAllowOriginNotMatchingOrigin',
      'https://b.example',
      null,
    ],
    [`Multiple CORS ${NAME.Origin}`, '', 'allow-origin-multiple', 'CORSMultipleAllowOriginNotAllowed', null, null],
    [`CORS múltiplas ${NAME.Origin}`, '', 'allow-origin-multiple', 'CORSMultipleAllowOriginNotAllowed', null, null],
    [`CORS mùlt ${NAME.Origin}`, '', 'allow-origin-multiple', 'CORSMultipleAllowOriginNotAllowed', null, null],
    [`Multiple CORS ${NAME.Origin}`, '. Status: 200', 'allow-origin-missing', 'CORSMissingAllowOrigin2', null, 200],
    [`CORS ${NAME.Origin} ist '*'`, '', 'allow-origin-wildcard', 'CORSNotSupportingCredentials', '*', null],
    [
      `CORS ${NAME.Headers} ist '*', 'Authorization' fehlt`,
      '',
      'authorization-by-wildcard',
      'CORSAllowHeaderFromPreflightDeprecation',
      null,
      null,
    ],
    ["CORS 'Access-Control-Allow-Methods' ohne Methode", '', 'method-not-allowed', 'CORSMethodNotFound', null, null],
    ["CORS 'G T' in 'Access-Control-Allow-Methods'", '', 'allow-methods-syntax', 'CORSInvalidAllowMethod', 'G T', null],
    [
      `CORS 'x-api-key' in ${NAME.Headers}`,
      '',
      'header-not-allowed',
      'CORSMissingAllowHeaderFromPreflight2',
      'x-api-key',
      null,
    ],
    [
      `CORS ' x-api-key ' in ${NAME.Headers}`,
      '',
      'header-not-allowed',
      'CORSMissingAllowHeaderFromPreflight2',
      'x-api-key',
      null,
    ],
    [`CORS in ${NAME.Headers}`, '', 'header-not-allowed', 'CORSMissingAllowHeaderFromPreflight2', null, null],
    [`CORS 'a b' in ${NAME.Headers}`, '', 'allow-headers-syntax', 'CORSInvalidAllowHeader', 'a b', null],
    [`CORS 'a;' in ${NAME.Headers.toLowerCase()}`, '', 'allow-headers-syntax', 'CORSInvalidAllowHeader', 'a;', null],
    [
      "CORS 'true' in 'ACCESS-CONTROL-ALLOW-CREDENTIALS'",
      '',
      'allow-credentials',
      'CORSMissingAllowCredentials',
      null,
      null,
    ],
    ['CORS-Antwort schlug fehl', '. Statuscode: 405', 'preflight-status', 'CORSPreflightDidNotSucceed3', null, 405],
    ["CORS-Kopfzeile 'Origin' fehlt", '', 'origin-header-not-added', 'CORSOriginHeaderNotAdded', null, null],
    ["CORS-Kopfzeile 'Origin2' fehlt", '', 'cors-no-reason', null, null, null],
    ["CORS-Kopfzeile 'Origin' und 'andere' fehlt", '', 'cors-no-reason', null, null, null],
    ['CORS-Anfrage nicht http', '', 'scheme-not-http', 'CORSRequestNotHttp', null, null],
    ['CORS-Anfrage nicht https', '', 'scheme-not-http', 'CORSRequestNotHttp', null, null],
    ['CORS-Anfrage nicht xhttps', '', 'network-error', null, null, null],
    ['CORS-Anfrage nicht httpsx', '', 'network-error', null, null, null],
    ['CORS-Anfrage (alte) schlug fehl', '', 'network-error', null, null, null],
    ["CORS-Kopfzeile '2Origin' fehlt", '', 'cors-no-reason', null, null, null],
    ['CORS-Preflight schlug fehl', '', 'preflight-status', 'CORSPreflightDidNotSucceed3', null, null],
    ['CORS: externe Redirection', '', 'preflight-redirect', 'CORSExternalRedirectNotAllowed', null, null],
    ['CORS-Anfrage schlug fehl', '', 'network-error', null, null, null],
    ['CORS-Anfrage schlug fehl', '. Statuscode: (null)', 'network-error', 'CORSDidNotSucceed2', null, null],
  ] as const)('%s%s', (reason, after, code, name, value, status) => {
    expect(structureOf(firefox(reason, after))).toEqual([{ code, name, value, status, ...found(reason) }])
  })

  it.each([
    ['「', '」'],
    ['『', '』'],
    ['«', '»'],
    ['« ', ' »'],
    ['‹', '›'],
    ['“', '”'],
    ['„', '“'],
    ['”', '”'],
    ['"', '"'],
    ['‘', '’'],
    ['‚', '‘'],
    ['`', '`'],
    ["'", "'"],
    ['’', '’'],
  ])('quotes a value as %sx%s', (open, close) => {
    const reason = `l'en-tête CORS ${open}Access-Control-Allow-Headers${close} sans ${open}x-a${close}`
    expect(structureOf(firefox(reason))).toMatchObject([{ code: 'header-not-allowed', value: 'x-a' }])
  })

  it('has the address without what ends a sentence, and whatever a URL may hold', () => {
    const line = (url: string) => `Blockiert: ${url} (Grund: CORS fehlt). Status: (null)`
    for (const url of [API, 'http://[::1]:80/a?b=c&d=%20!$*+;@_~', 'ftp://h/x', 'moz-extension://a-b/'])
      expect(structureOf(line(url))[0]?.url).toBe(url)
    expect(structureOf(line(`${API}(x)`))[0]?.url).toBe(API)
    for (const ending of ['.', ',', '-', '.-', ',-']) expect(structureOf(line(`${API}${ending}`))[0]?.url).toBe(API)
  })

  it('has its reason in a sentence of its own', () => {
    const line = `Blockiert: Lesen von ${API} nicht erlaubt. Grund: CORS-Kopfzeile ${NAME.Origin} fehlt. Statuscode: 200.`
    expect(structureOf(line)).toEqual([
      {
        code: 'allow-origin-missing',
        name: 'CORSMissingAllowOrigin2',
        value: null,
        status: 200,
        url: API,
        from: line.slice(line.indexOf(API), line.indexOf('. Statuscode')),
      },
    ])
    expect(structureOf(`Blockiert: ${API} nicht. Grund: CORS-Anfrage schlug fehl`)).toMatchObject([
      { code: 'network-error' },
    ])
  })

  it('tells by its address that it is not about http', () => {
    const line = (url: string) => structureOf(`Blockiert: ${url} (Grund: CORS-Anfrage schlug fehl)`)
    expect(line('ftp://h/x')).toMatchObject([{ code: 'scheme-not-http', name: 'CORSRequestNotHttp' }])
    expect(line('http://h/x')).toMatchObject([{ code: 'network-error' }])
  })

  it.each([
    [`Blockiert: '${API}' (CORS schlug fehl)`, 'network-error', `${API}' (CORS schlug fehl`],
    [`Blockiert: ${API} (CORS schlug fehl). Status: 405`, 'preflight-status', `${API} (CORS schlug fehl`],
    [`Blockiert: ${API} 原因:CORS 405`, 'network-error', `${API} 原因:CORS 405`],
    [`Blockiert: ${API} Grund: CORS schlug fehl.`, 'network-error', `${API} Grund: CORS schlug fehl`],
    [
      `Blockiert: ${API} Grund: CORS ${NAME.Origin} ist nicht 'https://b.example'. Mehr`,
      'allow-origin-mismatch',
      `${API} Grund: CORS ${NAME.Origin} ist nicht 'https://b.example'`,
    ],
  ])('ends with its reason: %s', (line, code, from) => expect(structureOf(line)).toMatchObject([{ code, from }]))

  it('is one of several', () => {
    const lines = [firefox('CORS-Anfrage schlug fehl', '.'), firefox(`CORS ${NAME.Origin} fehlt`, '. Status: 404')]
    expect(structureOf(lines.join('\n')).map(({ code, status }) => [code, status])).toEqual([
      ['network-error', null],
      ['allow-origin-missing', 404],
    ])
  })

  it.each([
    `Anfrage blockiert: ${API} (Grund: fehlt)`,
    `Anfrage blockiert ${API} (CORS: fehlt)`,
    `'${API} (Grund: CORS fehlt)`,
    `It was blocked by CORS: ${API} (Grund: CORS fehlt)`,
    `x: cannot load ${API} (Grund: CORS fehlt)`,
    `x: Failed to load ${API} (Grund: CORS fehlt)`,
    `x: Access to fetch at ${API} (Grund: CORS fehlt)`,
    `x: from origin '${API} (Grund: CORS fehlt)`,
    `Anfrage blockiert: ${API} (CORS fehlt)`,
    `Anfrage blockiert: ${API} (jetzt CORS fehlt)`,
    `Anfrage blockiert: ${API} und sonst nichts, sagt CORS`,
    `Anfrage blockiert: ${API} ${'x'.repeat(260)} (Grund: CORS fehlt)`,
  ])('is not: %s', (line) => expect(structureOf(line)).toEqual([]))
})

describe('a line with one quoted address', () => {
  it.each([
    [`Gemischte Inhalte 'http://cdn.example.com/a.js' blockiert`, 'mixed-content', 'http://cdn.example.com/a.js'],
    [`Gemischte Inhalte ' ws://cdn.example.com/a ' blockiert`, 'mixed-content', 'ws://cdn.example.com/a'],
    [`Modul 'file:///home/a.js' verboten`, 'scheme-not-http', 'file:///home/a.js'],
  ])('%s', (plain, code, url) => {
    const [read, ...others] = readUnsafe(plain)
    expect(others).toEqual([])
    expect(read).toEqual({ code, url, index: plain.indexOf("'"), end: plain.lastIndexOf("'") + 1 })
  })

  it.each([
    `Inhalte 'https://cdn.example.com/a.js' blockiert`,
    `Inhalte 'wss://cdn.example.com/a.js' blockiert`,
    `Inhalte 'http://localhost:80/a.js' blockiert`,
    `Inhalte 'http://127.0.0.1/a.js' blockiert`,
    `Inhalte 'http://[::1]/a.js' blockiert`,
    `Inhalte 'http://a.example/' und 'http://b.example/' blockiert`,
    `Inhalte 'http://a.example/' und http://b.example/ blockiert`,
    `Inhalte 'http://a.example/' CORS`,
    `Inhalte 'http://a.example/' Access-Control`,
    `Inhalte 'http://a.example/' MIME`,
    `'http://a.example/'`,
    `Inhalte http://a.example/ blockiert`,
    ...['{', '}', '=', ';', '<', '>', '[', ']', 'f(', 'the', 'With', 'return', 'returns', 'it'].map(
      (word) => `Inhalte 'http://a.example/' ${word}`,
    ),
    `Inhalte 'http://a.example/' ${'x'.repeat(600)}`,
  ])('without an unsafe part: %s', (plain) => expect(readUnsafe(plain)).toEqual([]))

  it('may be 600 characters long', () => {
    const line = `Inhalte 'http://a.example/' `
    expect(readUnsafe(line + 'x'.repeat(600 - line.length))).toHaveLength(1)
    expect(readUnsafe(line + 'x'.repeat(601 - line.length))).toEqual([])
  })
})

describe('a line of Chromium that was translated', () => {
  const spanish = (reason: string) =>
    `El acceso a fetch en '${API}' desde el origen '${APP}' ha sido bloqueado por la política CORS: ${reason}`
  const read = (line: string) => readTranslated(tidy(line)).map(({ index, end, ...told }) => told)
  const whole = { url: API, origin: APP }
  it.each([
    [`No hay ningún encabezado ${NAME.Origin}.`, 'allow-origin-missing', 'MissingAllowOriginHeader', null],
    [`Falta ${NAME.Origin}; use el modo 'no-cors'.`, 'allow-origin-missing', 'MissingAllowOriginHeader', null],
    [`${NAME.Origin} es '*' y no 'include'.`, 'allow-origin-wildcard', 'WildcardOriginNotAllowed', '*'],
    [`${NAME.Origin} es 'https://b.example'.`, 'allow-origin-mismatch', 'AllowOriginMismatch', 'https://b.example'],
    [
      `${NAME.Origin} es 'https://b.example, *'.`,
      'allow-origin-multiple',
      'MultipleAllowOriginValues',
      'https://b.example, *',
    ],
    ["'Access-Control-Allow-Credentials' es '' y debe ser 'true'.", 'allow-credentials', 'InvalidAllowCredentials', ''],
    ["'Access-Control-Allow-Credentials' debe ser 'true'.", 'allow-credentials', 'InvalidAllowCredentials', ''],
    ["'Access-Control-Allow-Credentials' es 'no'.", 'allow-credentials', 'InvalidAllowCredentials', 'no'],
    ['Access-Control-Allow-Credentials es falso.', 'allow-credentials', 'InvalidAllowCredentials', null],
    ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(
      (method) =>
        [
          `Access-Control-Allow-Methods no permite ${method}.`,
          'method-not-allowed',
          'MethodDisallowedByPreflightResponse',
          method,
        ] as const,
    ),
    [
      'Access-Control-Allow-Methods no permite X-PUT ni PUTS.',
      'method-not-allowed',
      'MethodDisallowedByPreflightResponse',
      null,
    ],
    ...['x-api-key', 'Authorization', 'baggage', 'traceparent', 'apikey', 'token', 'a-b-c'].map(
      (name) =>
        [
          `El campo ${name} no está en Access-Control-Allow-Headers.`,
          'header-not-allowed',
          'HeaderDisallowedByPreflightResponse',
          name,
        ] as const,
    ),
    [
      'Cross-Origin: no está en Access-Control-Allow-Headers.',
      'header-not-allowed',
      'HeaderDisallowedByPreflightResponse',
      null,
    ],
    ["Access-Control-Allow-Private-Network no es 'true'.", 'local-network', null, null],
    ...['loopback', 'local', 'private', 'unknown'].map(
      (space) => [`El espacio '${space}' no.`, 'local-network', null, space] as const,
    ),
    ["El espacio 'xlocal' no.", 'cors-no-reason', null, null],
    ['access-control-allow-METHODS no permite PUT', 'method-not-allowed', 'MethodDisallowedByPreflightResponse', 'PUT'],
    ["El espacio 'localx' no.", 'cors-no-reason', null, null],
    ...[
      'redirección',
      'umgeleitet',
      'weiterleiten',
      'перенаправление',
      '重定向',
      '重新導向',
      'リダイレクト',
      '리디렉션',
    ].map((word) => [`No: ${word}.`, 'preflight-redirect', 'PreflightDisallowedRedirect', null] as const),
    ['Solo http, chrome-extension y otros.', 'scheme-not-http', 'CorsDisabledScheme', null],
    ['Solo http, chrome-untrusted y otros.', 'scheme-not-http', 'CorsDisabledScheme', null],
    ['El estado HTTP no es correcto.', 'preflight-status', 'PreflightInvalidStatus', null],
    ['Es HTTPS.', 'cors-no-reason', null, null],
    ['', 'cors-no-reason', null, null],
  ] as const)('%s', (reason, code, name, value) => {
    expect(read(spanish(reason))).toEqual([{ ...whole, code, name, value }])
  })

  it.each([
    [`'${API}' desde '${APP}', redirigido, bloqueado por CORS: Es falso.`, 'cors-no-reason'],
    [`'${API}' desde '${APP}' bloqueado por HTTP CORS de la casa: Es falso.`, 'cors-no-reason'],
    [`L'accès à « ${API} » depuis « ${APP} » bloqué par CORS: HTTP`, 'preflight-status'],
    [`'${API}' desde '${APP}' bloqueado por CORS HTTP`, 'cors-no-reason'],
    [`'${API}' desde '${APP}' bloqueado por CORS, HTTP`, 'preflight-status'],
    [`'${API}' desde '${APP}' bloqueado por CORS: ${NAME.Origin} es ' * '`, 'allow-origin-wildcard'],
  ])('tells its reason behind the word CORS: %s', (line, code) =>
    expect(read(line)).toMatchObject([{ ...whole, code }]),
  )

  it('names the page first in some languages', () => {
    for (const word of ['从源', 'から', 'カラ', '에서'])
      expect(read(`'${APP}' ${word} 'https://b.example' CORS: HTTP`)).toMatchObject([
        { url: 'https://b.example', origin: APP },
      ])
    expect(read(`'${APP}' de 'https://b.example' CORS: HTTP`)).toMatchObject([
      { url: APP, origin: 'https://b.example' },
    ])
    expect(read(`'${APP}' de '${API}' CORS: HTTP`)).toMatchObject([whole])
  })

  it('is read up to the next one, and no further than 600 characters', () => {
    const first = spanish(`Falta ${NAME.Origin}. `)
    const second = spanish(`Access-Control-Allow-Methods no permite PUT. `)
    expect(read(`${first}\n${second}`).map(({ code }) => code)).toEqual(['allow-origin-missing', 'method-not-allowed'])
    expect(read(spanish(`${'x'.repeat(570)} Falta ${NAME.Origin}`))).toMatchObject([{ code: 'cors-no-reason' }])
    expect(read(spanish(`${'x'.repeat(500)} Falta ${NAME.Origin}`))).toMatchObject([{ code: 'allow-origin-missing' }])
  })

  it.each([
    `'${API}' de '${API}' CORS: HTTP`,
    `'${API}' de '${APP}' otro: HTTP`,
    `${API} de '${APP}' CORS: HTTP`,
    `'${API}' ${'x'.repeat(170)} '${APP}' CORS: HTTP`,
    `'${API}' de '${APP}' ${'x'.repeat(170)} CORS: HTTP`,
  ])('is not: %s', (line) => expect(read(line)).toEqual([]))
})
