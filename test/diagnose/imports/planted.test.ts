/** The laws of evidence.test.ts notice a reader that loses something. */
import { describe, expect, it } from 'vitest'
import { type HarEntry, type PartialPageRequest, parseCurl, parseFetch, parseHar } from '../../../src/diagnose.ts'
import { archivesAgree, callsAgree, commandsAgree, preflightsAgree, type Reader } from './agreement.ts'

describe('a verdict', () => {
  const withoutHeaders: Reader<PartialPageRequest> = (text) => ({ ...parseCurl(text), headers: [] })
  it.each<[string, () => Promise<void>]>([
    ['loses the headers of a command', () => commandsAgree(withoutHeaders)],
    ['loses the cookies of a command', () => commandsAgree((text) => ({ ...parseCurl(text), credentials: 'omit' }))],
    ['loses the names in a preflight', () => preflightsAgree(withoutHeaders)],
    ['judges OPTIONS itself', () => preflightsAgree((text) => ({ ...parseCurl(text), method: 'OPTIONS' }))],
    ['loses the credentials of a call', () => callsAgree((text) => ({ ...parseFetch(text), credentials: 'omit' }))],
    ['loses the method of a call', () => callsAgree((text) => ({ ...parseFetch(text), method: 'GET' }))],
    ['loses the preflights of an archive', () => archivesAgree((text) => changed(text, { preflight: null }))],
    ['believes an answer that the browser kept', () => archivesAgree((text) => changed(text, { failing: null }))],
    [
      'reads an archive without its headers',
      () =>
        archivesAgree((text) => parseHar(text).map((each) => ({ ...each, request: { ...each.request, headers: [] } }))),
    ],
  ])('is found to be greener by a reader that %s', async (_, agree) => {
    await expect(agree()).rejects.toThrow()
  })
})

function changed(text: string, over: Partial<HarEntry['recorded']>): readonly HarEntry[] {
  return parseHar(text).map((each) => ({ ...each, recorded: { ...each.recorded, ...over } }))
}
