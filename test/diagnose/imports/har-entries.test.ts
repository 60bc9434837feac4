import { describe, expect, it } from 'vitest'
import { parseHar } from '../../../src/diagnose.ts'
import { briefEntry } from './brief.ts'
import { API, CASES, PAGE } from './har-cases.ts'

/** What is read of each archive of har-cases.ts. */
const READ: Readonly<Record<string, readonly string[]>> = {
  'a plain request': ['0 cors: GET API origin=PAGE', 'API: 200 archive shared'],
  'a request without an answer': [
    '0 cors blocked: GET API origin=PAGE',
    'API: nothing',
    'unrecorded: the archive contains neither an answer nor a reason',
  ],
  'a body': ['0 cors: POST API origin=PAGE body="a"', 'API: 200 archive shared'],
  'a hash': ['0 cors: GET API origin=PAGE', 'API: 200 archive shared'],
  'cookies of the request': [
    '0 cors: GET API origin=PAGE credentials=include',
    'API: 200 archive shared',
    '1 cors: GET API origin=PAGE',
    'API: 200 archive shared',
    '2 cors: GET API origin=PAGE',
    'API: 200 archive shared',
  ],
  'answers of other kinds': [
    '0 cors blocked: GET API origin=PAGE',
    'API: nothing',
    'unrecorded: the archive contains neither an answer nor a reason',
    '1 cors blocked: GET API origin=PAGE',
    'API: 100 archive',
    '2 cors blocked: GET API origin=PAGE',
    'API: 599 archive',
    '3 cors blocked: GET API origin=PAGE',
    'API: nothing',
    '4 cors: GET API origin=PAGE',
    'API: 200 archive {access-control-allow-origin:  * }',
    '5 cors blocked: GET API origin=PAGE',
    'API: nothing',
    'unrecorded: the archive contains neither an answer nor a reason',
  ],
  'what cannot be a request': [
    '8 cors: GET http://api.example/ origin=PAGE',
    'http://api.example/: 200 archive shared',
  ],
  'answers that share, and some that do not': [
    '0 cors: GET API origin=PAGE',
    'API: 200 archive shared',
    '1 cors: GET API origin=PAGE',
    'API: 200 archive {Access-Control-Allow-Origin: *}',
    '2 cors blocked: GET API origin=PAGE',
    'API: 200 archive {Access-Control-Allow-Origin: https://b.example}',
    '3 cors blocked: GET API origin=PAGE',
    'API: 200 archive {access-control-allow-origin: PAGE} shared',
    '4 cors blocked: GET API origin=PAGE',
    'API: 200 archive',
    '5 cors blocked: GET API origin=PAGE',
    'API: 200 archive shared',
    'blocked: net::ERR_FAILED',
  ],
  'a preflight': ['1 cors: PUT API {X-A: 1} origin=PAGE', 'preflight: 200 archive shared', 'API: 200 archive shared'],
  'a preflight that failed': [
    '1 cors blocked: PUT API {X-A: 1} origin=PAGE',
    'API: nothing',
    'unrecorded: the archive contains neither an answer nor a reason',
  ],
  'a preflight that was refused': [
    '1 cors blocked: PUT API {X-A: 1} origin=PAGE',
    'API: nothing',
    'refused: net::ERR_CONNECTION_REFUSED',
  ],
  'a preflight without an answer, before an answer': [
    '1 cors: PUT API {X-A: 1} origin=PAGE',
    'API: 200 archive shared',
  ],
  'names that sanitizing removed': [
    '1 cors: PUT API {X-A: 1} {authorization: unknown} origin=PAGE # the archive left out authorization: its preflight asks permission for it',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
  ],
  'one name that sanitizing removed': [
    '1 cors: PUT API {authorization: unknown} origin=PAGE # the archive left out authorization: its preflight asks permission for it',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
  ],
  'a safelisted value in the place of an unsafe one': [
    '1 cors: PUT API {content-type: application/json} origin=PAGE # the archive left out content-type: its preflight asks permission for it',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
  ],
  'a listener on the upload': [
    '1 cors: POST API origin=PAGE initiator=xhr uploadListener=true',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
  ],
  'no listener on the upload: a method': [
    '1 cors: PUT API origin=PAGE',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
  ],
  'no listener on the upload: a name': [
    '1 cors: POST API {X-A: 1} origin=PAGE',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
  ],
  'preflights known by their type': [
    '2 cors: GET API origin=PAGE',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
    '3 cors: OPTIONS API origin=PAGE',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
    '4 cors: PUT API origin=PAGE',
    'preflight: 200 archive shared',
    'API: 200 archive shared',
  ],
  'the nearest of two preflights': [
    '1 cors: PUT API {X-A: 1} origin=PAGE',
    'preflight: 200 archive shared {X-N: 1}',
    'API: 200 archive shared',
    '2 same-origin: GET PAGE/ origin=PAGE',
    'PAGE/: 200 archive shared',
    '4 cors: PUT API {X-A: 1} origin=PAGE',
    'preflight: 200 archive shared {X-N: 2}',
    'API: 200 archive shared',
  ],
  'the preflight that asks for all names': [
    '1 same-origin: GET PAGE/ origin=PAGE',
    'PAGE/: 200 archive shared',
    '3 cors: PUT API {X-A: 1} {X-B: 2} origin=PAGE',
    'preflight: 200 archive shared {X-N: 1}',
    'API: 200 archive shared',
  ],
  'preflights of other methods and addresses': ['2 cors: PUT API {X-A: 1} origin=PAGE', 'API: 200 archive shared'],
  redirects: [
    '0 cors: GET API origin=PAGE',
    'API: 302 archive {Location: /y}',
    'https://api.example/y: 200 archive shared',
  ],
  'a redirect to what is not recorded': [
    '0 cors blocked: GET API origin=PAGE',
    'API: 302 archive {Location: /y}',
    '1 cors: GET https://api.example/z origin=PAGE',
    'https://api.example/z: 200 archive shared',
  ],
  'a redirect by redirectURL': [
    '0 cors: GET API origin=PAGE',
    'API: 307 archive',
    'https://b.example/: 200 archive shared',
  ],
  'a redirect that precedes': [
    '0 cors: GET https://api.example/y origin=PAGE',
    'https://api.example/y: 200 archive shared',
    '1 cors blocked: GET API origin=PAGE',
    'API: 302 archive {Location: /y}',
  ],
  'two redirects to one address': [
    '0 cors: GET API origin=PAGE',
    'API: 302 archive {Location: /y}',
    'https://api.example/y: 200 archive shared {X-N: 1}',
    '1 cors: GET API2 origin=PAGE',
    'API2: 302 archive {Location: /y}',
    'https://api.example/y: 200 archive shared {X-N: 2}',
  ],
  'a Location with the status 300': [
    '0 cors blocked: GET API origin=PAGE',
    'API: 300 archive {Location: /y}',
    '1 cors: GET https://api.example/y origin=PAGE',
    'https://api.example/y: 200 archive shared',
  ],
  'a Location with the status 301': [
    '0 cors: GET API origin=PAGE',
    'API: 301 archive {Location: /y}',
    'https://api.example/y: 200 archive shared',
  ],
  'a Location with the status 302': [
    '0 cors: GET API origin=PAGE',
    'API: 302 archive {Location: /y}',
    'https://api.example/y: 200 archive shared',
  ],
  'a Location with the status 303': [
    '0 cors: GET API origin=PAGE',
    'API: 303 archive {Location: /y}',
    'https://api.example/y: 200 archive shared',
  ],
  'a Location with the status 304': [
    '0 revalidated: GET API origin=PAGE',
    'API: 304 archive {Location: /y}',
    '1 cors: GET https://api.example/y origin=PAGE',
    'https://api.example/y: 200 archive shared',
  ],
  'a Location with the status 305': [
    '0 cors blocked: GET API origin=PAGE',
    'API: 305 archive {Location: /y}',
    '1 cors: GET https://api.example/y origin=PAGE',
    'https://api.example/y: 200 archive shared',
  ],
  'a Location with the status 307': [
    '0 cors: GET API origin=PAGE',
    'API: 307 archive {Location: /y}',
    'https://api.example/y: 200 archive shared',
  ],
  'a Location with the status 308': [
    '0 cors: GET API origin=PAGE',
    'API: 308 archive {Location: /y}',
    'https://api.example/y: 200 archive shared',
  ],
  'a redirect to itself': [
    '0 cors: GET API origin=PAGE',
    'API: 302 archive {Location: API}',
    'API: 200 archive shared',
  ],
  'a Location behind another header': [
    '0 cors: GET API origin=PAGE',
    'API: 302 archive {X-A: /z} {location: /y}',
    'https://api.example/y: 200 archive shared',
  ],
  'a Location that is no URL': ['0 cors blocked: GET API origin=PAGE', 'API: 302 archive {Location: http://[}'],
  'more redirects than a browser follows': [
    '0 cors blocked: GET API0 origin=PAGE',
    'API0: 302 archive {Location: API1}',
    'API1: 302 archive {Location: API2}',
    'API2: 302 archive {Location: API3}',
    'API3: 302 archive {Location: API4}',
    'API4: 302 archive {Location: API5}',
    'API5: 302 archive {Location: API6}',
    'API6: 302 archive {Location: API7}',
    'API7: 302 archive {Location: API8}',
    'API8: 302 archive {Location: API9}',
    'API9: 302 archive {Location: API10}',
    'API10: 302 archive {Location: API11}',
    'API11: 302 archive {Location: API12}',
    'API12: 302 archive {Location: API13}',
    'API13: 302 archive {Location: API14}',
    'API14: 302 archive {Location: API15}',
    'API15: 302 archive {Location: API16}',
    'API16: 302 archive {Location: API17}',
    'API17: 302 archive {Location: API18}',
    'API18: 302 archive {Location: API19}',
    'API19: 302 archive {Location: API20}',
    'API20: 302 archive {Location: API21}',
  ],
  'a redirect that fails': [
    '0 cors blocked: GET API origin=PAGE',
    'API: 302 archive {Location: /y}',
    'https://api.example/y: nothing',
    'blocked: net::ERR_FAILED',
  ],
  'the page of the archive': [
    '0 cors: GET API origin=PAGE',
    'API: 200 archive shared',
    '1 cors blocked: GET API origin=http://b.example',
    'API: 200 archive shared',
    '2 cors blocked: GET API origin=https://c.example',
    'API: 200 archive shared',
    '3 cors blocked: GET API',
    'API: 200 archive shared',
    '4 cors: GET API origin=PAGE',
    'API: 200 archive shared',
    '5 cors blocked: GET API',
    'API: 200 archive shared',
  ],
  'no CORS': ['0 no-cors: GET API origin=PAGE mode=no-cors', 'API: 200 archive'],
}

const short = (line: string) =>
  line.replaceAll(`{Access-Control-Allow-Origin: ${PAGE}}`, 'shared').replaceAll(API, 'API').replaceAll(PAGE, 'PAGE')

describe('parseHar()', () => {
  const archives = CASES.map(([name, entries, log = {}]) => [name, { log: { ...log, entries } }] as const)

  it.each(archives)('reads %s', (name, archive) => {
    const read = parseHar(JSON.stringify(archive))
    expect(read.flatMap(briefEntry).map(short)).toEqual(READ[name])
  })

  it('has an archive for each row', () => expect(CASES.map(([name]) => name)).toEqual(Object.keys(READ)))
})
