// What is taken for a secret, and what is not: names of fields and parameters, tokens, and the places where they stand.
import { describe, expect, it } from 'vitest'
import { isIdentifier, looksSecret } from '../../../src/diagnose/report/looks-secret.ts'
import { redactField, redactSaid, redactText, redactUrl } from '../../../src/diagnose/report/redact.ts'
import { isSecretName, isSecretParameter } from '../../../src/diagnose/report/secret-names.ts'

const words = (text: string) => text.trim().split(/\s+/)

describe('the name of a header', () => {
  it.each(
    words(`X-Token X-Secret passwd passcode passphrase pwd X-Session sessid sess_id X-Signature X-Credential Cookie2 X-JWT Bearer
      X-CSRF X-XSRF SAMLResponse X-HMAC assertion X-Auth Authorization Authorisation Authorize Authorise X-Api-Key Subscription-Key
      KeyID keyupload keydownload X-Access X-Cred X-Creds X-Hash hdnea hdnts X-Login X-Mac X-MFA nonce otp X-Pass X-Pin X-Private psk
      X-PW sess connect.sid sig sign ssid tok totp ticket clientSig PINCode userPin2 DPoP X-Honeycomb-Team X-Firebase-AppCheck
      X-MS-Client-Principal X-Goog-IAP-Anything CF-Access-Anything SSL-Client-Cert`),
  )('%s tells of a secret', (name) => {
    expect([name, isSecretName(name), isSecretParameter(name)]).toEqual([name, true, true])
  })

  it.each(
    words(`Author X-Author-Name X-Authored keyboard keyword keynote keyframe keystone keyup keydown keypress Access-Control-Allow-Headers
      Access-Control-Max-Age Sec-Fetch-Site WWW-Authenticate Proxy-Authenticate authority Surrogate-Key X-Cache-Key Clear-Site-Data
      design machine pinned assigned hashtag passenger X-Accessory privately signal Content-Type X-Request-Id Team dpops X-DPoP
      X-Firebase-AppChecks X-Goog-Meta-A CF-Ray SSL-Protocol hdneas x-barcode encode stateful policyholder Accept Accept-Language Origin`),
  )('%s tells of none', (name) => {
    expect([name, isSecretName(name), isSecretParameter(name)]).toEqual([name, false, false])
  })

  it.each(words('code state policy googleaccessid verification_code promoCode country-code'))(
    '%s is a secret as a parameter alone',
    (name) => {
      expect([name, isSecretName(name), isSecretParameter(name)]).toEqual([name, false, true])
    },
  )
})

describe('a run of characters', () => {
  const [eight, ten, twelve] = ['abcdefgh', 'abcdefghij', 'abcdefghijkl']
  it.each([
    ...words('sk_live_ sk_test_ pk_live_ rk_test_ ghp_ gho_ ghs_ ghu_ ghr_ github_pat_ glpat- gldt- xapp-').map(
      (start) => [start, eight],
    ),
    ...words('xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- shpat_ shpca_ shppa_ shpss_ whsec_ hvs. dop_v1_ doo_v1_').map(
      (start) => [start, eight],
    ),
    ...words('npm_ pypi-').map((start) => [start, twelve]),
    ...words('AKIA ASIA').map((start) => [start, twelve.toUpperCase()]),
    ['hf_', ten],
    ['AIza', 'mapa-mapa-mapa-mapa-'],
    ['EAA', 'MapaMapaMapaMapaMapa'],
    ['sk-', 'abcdefghi1'],
    ['SG.', ten, '.ab'],
  ])('that begins with %s is a token if it is long enough', (start = '', rest = '', end = '') => {
    expect(looksSecret(`${start}${rest}${end}`)).toBe(true)
    expect(looksSecret(`(${start}${rest}${end})`)).toBe(true)
    expect(looksSecret(`${start}${rest.slice(1)}${end}`)).toBe(false)
  })

  it.each(['ya29.a', 'eyJhbGc.', 'eyJhb-_.e30.x', 'x eyJhbGc.e'])('%s is a token', (run) => {
    expect(looksSecret(run)).toBe(true)
  })

  it.each([
    'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ',
    '9f86d081884c7d659a2feaa0c55ad015',
    'Vx-3_kQ9-aZ_7pLm2-Ty_8',
    'a1b2c3d4e5',
    'aB3dE6gH9k',
    'a1b2c3/d4e5f6',
    // 31 digits in a row are no number of anything.
    '1234567890123456789012345678901',
    'xkcdqwrtzpsd',
    'aeioaeioaeio',
    'abcdefg12hijklmn',
    'someverylongwordwithoutanyendingatall',
  ])('%s looks like a secret', (run) => expect(looksSecret(run)).toBe(true))

  it.each([
    'sk-fading-circle',
    'eyJabc.',
    'eyJhbGc',
    'ya29',
    'Access-Control-Allow-Origin',
    'CORSDidNotSucceed2',
    'CORSPreflightDidNotSucceed3',
    'application/json',
    'api.example.com/v1/items',
    '20240102T030405Z',
    '20240102T030405',
    '2024-01-02T03:04:05',
    '123456789012345678901234567890',
    'nginx/1.22.1',
    'getElementsByTagName',
    'internationalization',
    'https',
    'v1.2.3-beta.4',
    'ERR_NAME_NOT_RESOLVED',
    'localhost:3000',
    'a1b2c3d4e',
  ])('%s does not', (run) => expect(looksSecret(run)).toBe(false))

  it('that is a UUID names one thing among many', () => {
    expect(isIdentifier('0f8fad5b-d9cd-469f-a165-70867728950e')).toBe(true)
    expect(isIdentifier('0F8FAD5B-D9CD-469F-A165-70867728950E')).toBe(true)
    expect(isIdentifier('x0f8fad5b-d9cd-469f-a165-70867728950e')).toBe(false)
    expect(isIdentifier('0f8fad5b-d9cd-469f-a165-70867728950e0')).toBe(false)
    expect(isIdentifier('0f8fad5b-d9cd-469f-a165')).toBe(false)
  })
})

const RANDOM = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ'

describe('the value of a header', () => {
  it.each([
    ['Set-Cookie', `sid=a=b; Path=/; t=${RANDOM};HttpOnly`, 'sid=…; Path=/; …;HttpOnly'],
    ['set-cookie2', 'a=1', 'a=…'],
    ['Set-Cookie', 'opensesame', '…'],
    ['Set-Cookie', '', '…'],
    ['Cookie', 'a=1; b=2;c=3', 'a=…; b=…; c=…'],
    ['cookie', 'opensesame', '…'],
    ['Cookie2', 'a=1', '…'],
    ['Authorization', '', ''],
    ['Authorization', 'opensesame', '…'],
    ['Authorization', 'Basic', '…'],
    ['Authorization', 'Custom opensesame', '…'],
    ['X-Custom', RANDOM, '…'],
    ['X-Custom', `a ${RANDOM}, token=x`, 'a …, token=…'],
    ['X-Custom', 'plain', 'plain'],
    ['X-Origin', RANDOM, '…'],
    ['X-Age', RANDOM, '…'],
    ['Ages', RANDOM, '…'],
  ])('of %s: %s', (name, value, shown) => expect(redactField(name, value)).toBe(shown))

  it.each(
    words(`Access-Control-Allow-Origin Origin Vary Timing-Allow-Origin Server Via ETag Date CF-Ray X-Amz-Cf-Id X-Served-By Cache-Status
      Age`),
  )('of %s stays, for a diagnosis needs it', (name) => expect(redactField(name, RANDOM)).toBe(RANDOM))

  it.each(
    words(`Basic Bearer Digest Negotiate NTLM Token ApiKey Api-Key Key DPoP OAuth Hawk HOBA vapid SharedKey SharedKeyLite
      AWS4-HMAC-SHA256 GoogleLogin SCRAM-SHA-256`),
  )('with the scheme %s shows the scheme', (scheme) => {
    expect(redactField('Authorization', `${scheme} opensesame`)).toBe(`${scheme} …`)
    expect(redactField('Authorization', `${scheme}opensesame`)).toBe('…')
  })
})

describe('a text', () => {
  it.each([
    ['password=hunter2&page=2', 'password=…&page=2'],
    ['a=1;token=2;c=3', 'a=1;token=…;c=3'],
    ['"password": "hunter2", "a": 1', '"password": "…", "a": 1'],
    [`{'password':'hunter2'}`, `{'password':'…'}`],
    ['password: "a \\" b" next', 'password: "…" next'],
    ['password = hunter2 and more', 'password = … more'],
    ['Authorization: Bearer opensesame, then', 'Authorization: Bearer …, then'],
    ['Authorization: "Bearer opensesame" then', 'Authorization: "…" then'],
    ['user[password]=x&$token=y&a.key-b=z', 'user[password]=…&$token=…&a.key-b=…'],
    ['key://host/', 'key://host/'],
    ['code=4/abc', 'code=…'],
    ['mode=cors&page=2', 'mode=cors&page=2'],
    [`see ${RANDOM}.`, 'see …'],
    [`see ${RANDOM} and https://a.example/?token=x!`, 'see … and https://a.example/?token=…'],
    [
      `https://${'a1b2c3d4e5f6'}.example/ (https://b.example/#token=x)`,
      'https://a1b2c3d4e5f6.example/ (https://b.example/#token=…',
    ],
    ['plain words', 'plain words'],
  ])('%s', (text, shown) => expect(redactText(text)).toBe(shown))

  it('that quotes others keeps advice, and hides tokens', () => {
    expect(redactSaid(`credentials: 'include' and ${RANDOM}`)).toBe(`credentials: 'include' and …`)
    expect(redactSaid(`of ${RANDOM}.example`, [`${RANDOM}.example`])).toBe(`of ${RANDOM}.example`)
    expect(redactSaid(`of ${RANDOM}`, ['a.example'])).toBe('of …')
    expect(redactSaid('from https://a.example@b.test/x', ['a.example'])).toBe('from https://a.example@b.test/x')
    expect(redactSaid('from https://a.example@b.test/x')).toBe('from https://…@b.test/x')
  })
})

describe('an address', () => {
  it.each([
    ['https://api.example.com/v1/items', 'https://api.example.com/v1/items'],
    ['https://u:p@api.example.com/', 'https://…@api.example.com/'],
    ['ws+unix://u@h', 'ws+unix://…@h'],
    [`https://a.example/x/${RANDOM}/y`, 'https://a.example/x/…/y'],
    [`https://a.example/x;id=1;token=y/${RANDOM};v=1`, 'https://a.example/x;id=1;token=…/…;v=1'],
    [
      'https://a.example/0f8fad5b-d9cd-469f-a165-70867728950e',
      'https://a.example/0f8fad5b-d9cd-469f-a165-70867728950e',
    ],
    [
      'https://a.example/?id=0f8fad5b-d9cd-469f-a165-70867728950e',
      'https://a.example/?id=0f8fad5b-d9cd-469f-a165-70867728950e',
    ],
    [`https://a.example/?${RANDOM}`, 'https://a.example/?…'],
    ['https://a.example/?a%20b', 'https://a.example/?a%20b'],
    [`https://a.example/?${RANDOM}=1`, 'https://a.example/?…=1'],
    ['https://a.example/?token=&b=1', 'https://a.example/?token=&b=1'],
    ['https://a.example/?token=x&b=1;key=2?code=3', 'https://a.example/?token=…&b=1;key=…?code=…'],
    ['https://a.example/?to%6ben=x', 'https://a.example/?to%6ben=…'],
    ['https://a.example/?q=a+b%2Fc', 'https://a.example/?q=a+b%2Fc'],
    [
      'https://a.example/?next=https%3A%2F%2Fb.example%2F%3Ftoken%3Dx%26a%3D1',
      'https://a.example/?next=https%3A%2F%2Fb.example%2F%3Ftoken%3D…%26a%3D1',
    ],
    ['https://a.example/?q=%ZZ', 'https://a.example/?q=%ZZ'],
    ['https://a.example/#access_token=x&state=y', 'https://a.example/#access_token=…&state=…'],
    ['https://a.example?a#', 'https://a.example?a#'],
    ['not an address', 'not an address'],
    ['x https://u:p@a.example/', 'x https://u:p@a.example/'],
  ])('%s', (url, shown) => expect(redactUrl(url)).toBe(shown))

  it('shows a user that is a trusted host', () => {
    expect(redactUrl('https://a.example@b.test/', ['a.example'])).toBe('https://a.example@b.test/')
    expect(redactUrl('https://a.examples@b.test/', ['a.example'])).toBe('https://…@b.test/')
  })
})
