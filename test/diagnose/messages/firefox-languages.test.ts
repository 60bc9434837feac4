// The structure of Firefox's lines in its languages, from the strings of its language packs (153): of every word only the first letter
// is kept, and all that the translators left alone. `ar` and `he` print the English sentences about CORS.
import { describe, expect, it } from 'vitest'
import { type MessageCode, recognizeMessage } from '../../../src/diagnose.ts'
import languages from './firefox-languages.json' with { type: 'json' }

const URL_ = 'https://api.example.com/v1/items?a=1'

/** The code of a category, and the value that stands in its line. */
const CATEGORIES: Readonly<Record<string, readonly [code: MessageCode, value: string]>> = {
  CORSDidNotSucceed2: ['network-error', '(null)'],
  CORSRequestNotHttp: ['scheme-not-http', ''],
  CORSOriginHeaderNotAdded: ['origin-header-not-added', ''],
  CORSMissingAllowOrigin2: ['allow-origin-missing', '404'],
  CORSAllowOriginNotMatchingOrigin: ['allow-origin-mismatch', 'https://b.example.com'],
  CORSNotSupportingCredentials: ['allow-origin-wildcard', ''],
  CORSMethodNotFound: ['method-not-allowed', ''],
  CORSMissingAllowCredentials: ['allow-credentials', ''],
  CORSPreflightDidNotSucceed3: ['preflight-status', '405'],
  CORSInvalidAllowMethod: ['allow-methods-syntax', 'PUT;'],
  CORSInvalidAllowHeader: ['allow-headers-syntax', 'a b'],
  CORSMissingAllowHeaderFromPreflight2: ['header-not-allowed', 'x-token'],
  CORSAllowHeaderFromPreflightDeprecation: ['authorization-by-wildcard', ''],
  BlockMixedActiveContent: ['mixed-content', ''],
}

const VECTORS = Object.entries(languages).flatMap(([language, lines]) =>
  Object.entries(lines).map(([category, line]) => [language, category, line] as const),
)

describe("Firefox's lines", () => {
  it('are there in many languages, right-to-left ones and those without spaces included', () => {
    expect(Object.keys(languages)).toEqual(
      expect.arrayContaining([
        'de',
        'fr',
        'es-es',
        'pt-br',
        'ru',
        'pl',
        'it',
        'ja',
        'zh-cn',
        'ko',
        'ar',
        'he',
        'fa',
        'tr',
      ]),
    )
  })

  it.each(VECTORS)('are read by structure: %s, %s', (_language, category, line) => {
    const [code, value] = CATEGORIES[category] ?? []
    const url = code === 'mixed-content' ? 'http://api.example.com/x' : URL_
    const message = recognizeMessage(line.replaceAll('{url}', url).replaceAll('{value}', value ?? ''))
    expect(message).toMatchObject({ code, url, speaker: 'firefox' })
    if (/^\d+$/.test(value ?? '')) expect(message?.status).toBe(Number(value))
    else if (value !== '' && value !== '(null)') expect(message?.value).toBe(value)
  })

  it('say what else they can mean where two sentences have one structure', () => {
    const frame = `Q b: D G v d L a ${URL_}.`
    expect(recognizeMessage(`${frame} (G: CORS-K ‘Access-Control-Allow-Origin’ f).`)).toMatchObject({
      code: 'allow-origin-missing',
      name: null,
      otherwise: [{ code: 'allow-origin-multiple' }],
    })
    expect(recognizeMessage(`${frame} (G: CORS-A s f).`)).toMatchObject({
      code: 'network-error',
      otherwise: [{ code: 'preflight-redirect' }, { code: 'cors-disabled' }],
    })
  })

  it('are not seen in a sentence that speaks of CORS and names an address', () => {
    for (const text of [
      `I have set up ${URL_} with the cors package and it works`,
      `My API: ${URL_} (see the docs of CORS)`,
      `CORS is enabled on ${URL_}, and Access-Control-Allow-Origin is set.`,
    ])
      expect(recognizeMessage(text), text).toBeNull()
  })
})
