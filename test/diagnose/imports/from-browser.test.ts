import { describe, expect, it } from 'vitest'
import type { HeaderLine } from '../../../src/browser/wire.ts'
import {
  asPageRequest,
  headerNamesOf,
  originOfReferrer,
  placeholder,
} from '../../../src/diagnose/imports/from-browser.ts'
import { brief } from './brief.ts'

interface Over {
  readonly url?: string
  readonly method?: string
  readonly body?: string
}

/** The headers that a browser recorded, what else differs from a GET of https://a.example/x, and what the page set. */
const RECORDED: readonly (readonly [headers: readonly HeaderLine[], over: Over, request: string])[] = [
  [[], {}, 'GET https://a.example/x'],
  [[], { body: 'x', method: 'POST' }, 'POST https://a.example/x body="x"'],
  [[], { body: '' }, 'GET https://a.example/x body=""'],
  [
    [
      ['User-Agent', 'x'],
      ['Priority', 'x'],
      ['If-None-Match', 'x'],
      ['If-Modified-Since', 'x'],
      ['Upgrade-Insecure-Requests', '1'],
      ['Sec-GPC', '1'],
      ['Alt-Used', 'x'],
      ['DNT', '1'],
      ['Sec-Fetch-Dest', 'x'],
      ['sec-ch-ua', 'x'],
      ['Connection', 'x'],
      ['Host', 'x'],
      ['Accept-Encoding', 'x'],
      ['Content-Length', '1'],
      ['Proxy-A', 'x'],
      ['X-A', 'b'],
    ],
    {},
    'GET https://a.example/x {X-A: b}',
  ],
  [
    [
      ['A B', 'x'],
      ['', 'x'],
      ['é', 'x'],
      ['a:', 'x'],
    ],
    {},
    'GET https://a.example/x',
  ],
  [
    [
      ['Accept', '*/*'],
      ['Accept-Language', 'en'],
    ],
    {},
    'GET https://a.example/x',
  ],
  [
    [
      ['Accept', 'application/json;v="1"'],
      ['Accept-Language', 'en_US'],
    ],
    {},
    'GET https://a.example/x {Accept: application/json;v="1"} {Accept-Language: en_US}',
  ],
  [
    [
      ['Accept', 'text/html,"x"'],
      ['Accept', 'image/webp,"x"'],
    ],
    {},
    'GET https://a.example/x',
  ],
  [
    [
      ['Accept', 'xtext/html,"x"'],
      ['Accept', 'ximage/,"x"'],
      [
        'Accept',
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      ],
    ],
    {},
    'GET https://a.example/x {Accept: xtext/html,"x"} {Accept: ximage/,"x"} {Accept: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}',
  ],
  [
    [
      ['Cache-Control', 'no-cache'],
      ['Pragma', 'no-cache'],
      ['X-A', 'b'],
    ],
    {},
    'GET https://a.example/x {X-A: b}',
  ],
  [[['Cache-Control', 'no-cache']], {}, 'GET https://a.example/x {Cache-Control: no-cache}'],
  [[['Pragma', 'no-cache']], {}, 'GET https://a.example/x {Pragma: no-cache}'],
  [
    [
      ['Cache-Control', 'no-store'],
      ['Pragma', 'no-cache'],
    ],
    {},
    'GET https://a.example/x {Cache-Control: no-store} {Pragma: no-cache}',
  ],
  [
    [
      ['Cache-Control', 'no-cache'],
      ['Pragma', 'x'],
    ],
    {},
    'GET https://a.example/x {Cache-Control: no-cache} {Pragma: x}',
  ],
  [
    [
      ['cache-control', 'no-cache'],
      ['PRAGMA', 'no-cache'],
    ],
    {},
    'GET https://a.example/x',
  ],
  [
    [
      ['Cookie', 'a=b'],
      ['cookie', 'c=d'],
    ],
    {},
    'GET https://a.example/x {Cookie: a=b} {cookie: c=d} credentials=include',
  ],
  [[['Cookie', '']], {}, 'GET https://a.example/x {Cookie: } credentials=include'],
  [[['Cookie2', 'x']], {}, 'GET https://a.example/x'],
  [[['Sec-Fetch-Mode', 'no-cors']], {}, 'GET https://a.example/x mode=no-cors'],
  [[['Sec-Fetch-Mode', 'same-origin']], {}, 'GET https://a.example/x mode=same-origin'],
  [[['Sec-Fetch-Mode', 'cors']], {}, 'GET https://a.example/x'],
  [[['sec-fetch-mode', 'no-cors']], {}, 'GET https://a.example/x mode=no-cors'],
  [[['Sec-Fetch-Mode', 'navigate']], {}, 'GET https://a.example/x'],
  [[['Origin', 'https://p.example']], {}, 'GET https://a.example/x origin=https://p.example'],
  [[['Referer', 'https://p.example:8080/x']], {}, 'GET https://a.example/x origin=https://p.example:8080'],
  [
    [
      ['Referer', 'https://r.example/'],
      ['Origin', 'https://p.example'],
    ],
    {},
    'GET https://a.example/x origin=https://p.example',
  ],
  [[['Origin', 'null']], {}, 'GET https://a.example/x origin=null'],
  [[['Referer', 'x']], {}, 'GET https://a.example/x'],
  [[['Referer', 'file:///x']], {}, 'GET https://a.example/x'],
  [
    [
      ['X-A', 'é'],
      ['X-B', '名'],
      ['X-C', 'a\u0000b'],
      ['X-D', 'a\rb'],
      ['X-E', 'a\nb'],
      ['X-F', 'ÿ'],
      ['X-G', 'Ā'],
      ['Content-Type', '名'],
      ['Range', '名'],
      ['X-H', '😀'],
      ['X-I', ''],
    ],
    {},
    'GET https://a.example/x {X-A: é} {X-B: unknown} {X-C: unknown} {X-D: unknown} {X-E: unknown} {X-F: ÿ} {X-G: unknown} {Content-Type: application/json} {Range: bytes=-1} {X-H: unknown} {X-I: }',
  ],
  [
    [
      ['method', 'GET'],
      ['authority', 'a.example'],
      ['scheme', 'https'],
      ['path', '/x'],
    ],
    {},
    'GET https://a.example/x',
  ],
  [
    [
      ['method', 'get'],
      ['scheme', 'http'],
    ],
    {},
    'GET https://a.example/x',
  ],
  [
    [
      ['method', 'PUT'],
      ['authority', 'b.example'],
      ['scheme', 'ftp'],
      ['path', 'x'],
    ],
    {},
    'GET https://a.example/x {method: PUT} {authority: b.example} {scheme: ftp} {path: x}',
  ],
  [[[':method', 'GET']], {}, 'GET https://a.example/x'],
  [
    [
      ['Method', 'GET'],
      ['Path', '/'],
    ],
    {},
    'GET https://a.example/x',
  ],
  [
    [
      ['scheme', 'xhttps'],
      ['scheme', 'httpsx'],
      ['other', '/x'],
    ],
    {},
    'GET https://a.example/x {scheme: xhttps} {scheme: httpsx} {other: /x}',
  ],
  [[['authority', 'a.example']], { url: 'x' }, 'GET x {authority: a.example}'],
  [
    [
      ['Access-Control-Request-Method', 'PUT'],
      ['Access-Control-Request-Headers', 'x-a, Content-Type'],
      ['Origin', 'https://p.example'],
    ],
    { method: 'OPTIONS' },
    'PUT https://a.example/x {x-a: unknown} {content-type: application/json} origin=https://p.example # this is a preflight, so the request that it asks permission for is checked: PUT with x-a, content-type. A preflight does not show whether the page sends credentials: add --credentials include if it does',
  ],
  [
    [
      ['access-control-request-method', ' GET '],
      ['Referer', 'https://p.example/'],
    ],
    { method: 'OPTIONS' },
    'GET https://a.example/x origin=https://p.example initiator=xhr uploadListener=true # this is a preflight, so the request that it asks permission for is checked: GET. A preflight does not show whether the page sends credentials: add --credentials include if it does',
  ],
  [
    [['Access-Control-Request-Method', 'HEAD']],
    { method: 'OPTIONS' },
    'HEAD https://a.example/x initiator=xhr uploadListener=true # this is a preflight, so the request that it asks permission for is checked: HEAD. A preflight does not show whether the page sends credentials: add --credentials include if it does',
  ],
  [
    [['Access-Control-Request-Method', 'POST']],
    { method: 'OPTIONS' },
    'POST https://a.example/x initiator=xhr uploadListener=true # this is a preflight, so the request that it asks permission for is checked: POST. A preflight does not show whether the page sends credentials: add --credentials include if it does',
  ],
  [
    [['Access-Control-Request-Method', 'GETX']],
    { method: 'OPTIONS' },
    'GETX https://a.example/x # this is a preflight, so the request that it asks permission for is checked: GETX. A preflight does not show whether the page sends credentials: add --credentials include if it does',
  ],
  [
    [['Access-Control-Request-Method', 'XGET']],
    { method: 'OPTIONS' },
    'XGET https://a.example/x # this is a preflight, so the request that it asks permission for is checked: XGET. A preflight does not show whether the page sends credentials: add --credentials include if it does',
  ],
  [
    [
      ['Access-Control-Request-Method', 'GET'],
      [
        'Access-Control-Request-Headers',
        'accept, accept-language,content-language,content-type,range,authorization,tostring',
      ],
    ],
    { method: 'OPTIONS', body: 'x' },
    'GET https://a.example/x {accept: application/json;v="1"} {accept-language: en_US} {content-language: en_US} {content-type: application/json} {range: bytes=-1} {authorization: unknown} {tostring: unknown} # this is a preflight, so the request that it asks permission for is checked: GET with accept, accept-language, content-language, content-type, range, authorization, tostring. A preflight does not show whether the page sends credentials: add --credentials include if it does',
  ],
  [[['Origin', 'https://p.example']], { method: 'OPTIONS' }, 'OPTIONS https://a.example/x origin=https://p.example'],
]

describe('asPageRequest()', () => {
  it.each(RECORDED)('reads %j, with %j', (headers, over, request) => {
    const recorded = { url: 'https://a.example/x', method: 'GET', body: null, headers, ...over }
    expect(brief(asPageRequest(recorded))).toBe(request)
  })
})

describe('headerNamesOf()', () => {
  it('lists each name once, in lower case, of every line', () => {
    const lines: readonly HeaderLine[] = [
      ['Access-Control-Request-Headers', 'a,B , a, x y'],
      ['X', 'y'],
      ['access-control-request-headers', 'c,,d e,'],
    ]
    expect(headerNamesOf(lines)).toEqual(['a', 'b', 'c'])
    expect(headerNamesOf([])).toEqual([])
  })

  it('lists at most 256 names', () => {
    const names = Array.from({ length: 300 }, (_, i) => `x${i}`)
    expect(headerNamesOf([['Access-Control-Request-Headers', names.join()]])).toEqual(names.slice(0, 256))
  })
})

describe('originOfReferrer()', () => {
  it.each<readonly [string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['x', undefined],
    ['about:client', undefined],
    ['data:x', undefined],
    ['https://a.example/x', 'https://a.example'],
    ['http://a.example:80/', 'http://a.example'],
    ['HTTPS://A.example:8080', 'https://a.example:8080'],
  ])('reads %s', (referrer, origin) => expect(originOfReferrer(referrer)).toBe(origin))
})

describe('placeholder()', () => {
  it.each([
    ['accept', 'application/json;v="1"'],
    ['accept-language', 'en_US'],
    ['content-language', 'en_US'],
    ['content-type', 'application/json'],
    ['range', 'bytes=-1'],
    ['x-a', 'unknown'],
    ['tostring', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('gives %s a value that needs permission', (name, value) => expect(placeholder(name)).toBe(value))
})
