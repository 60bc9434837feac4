import type { CorsPolicy } from '../policy/types.ts'
import type { PeerMeaning } from './meaning.ts'

/** What the two sides are asked about. */
export interface Scenarios {
  /** Origins that a browser may send. */
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  /** Request headers, in lower case. */
  readonly names: readonly string[]
  /** Response headers, in lower case. */
  readonly exposed: readonly string[]
}

/** Stands for every origin that no option names. */
export const STRANGER = 'https://stranger.example'

/** Stands for every method that no option names, and in lower case for every header. */
export const ANY_NAME = 'X-ANY'

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY', ANY_NAME]
const NAMES: readonly string[] = ['content-type', 'authorization', ANY_NAME.toLowerCase()]

/** How many entries of each option are tried. A list of a thousand origins would take minutes. */
const MOST = 60

/**
 * Lists what to ask: all that the options and the policy name, neighbors of it, and a stranger.
 */
export function scenariosOf(meaning: PeerMeaning, policy: CorsPolicy | null): Scenarios {
  const named = [...meaning.origins, ...listed(policy?.origins)].slice(0, MOST)
  const origins = named.flatMap((entry) => (typeof entry === 'string' ? around(entry) : samplesOf(entry)))
  const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase())
  const asked = meaning.requestHeaders === 'asked' ? [] : meaning.requestHeaders
  return {
    origins: [...new Set([...origins, STRANGER, 'http://stranger.example', 'null'])],
    methods: [...new Set([...METHODS, ...meaning.methods, ...listed(policy?.methods)])].filter(isName).slice(0, MOST),
    names: [...new Set([...NAMES, ...lower(asked), ...lower(listed(policy?.requestHeaders))])]
      .filter(isName)
      .slice(0, MOST),
    exposed: [
      ...new Set([ANY_NAME.toLowerCase(), ...lower(meaning.exposedHeaders), ...lower(listed(policy?.exposedHeaders))]),
    ]
      .filter(isName)
      .slice(0, MOST),
  }
}

function listed(option: CorsPolicy['origins'] | CorsPolicy['methods']): readonly string[] {
  return typeof option === 'function' || option === undefined ? [] : typeof option === 'string' ? [option] : option
}

/** A name that a page can write. `*` and others are no names of their own. */
function isName(name: string): boolean {
  return /^[!#$%&'+.^_`|~0-9A-Za-z-]+$/.test(name) && !/^(?:connect|trace|track)$/i.test(name)
}

/** Lists origins around an entry: what a browser sends, and what somebody else can register. */
function around(entry: string): readonly string[] {
  const text = entry.replaceAll('*', 'any')
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`)
  if (url === null || url.host === '') return []
  const { protocol, host, hostname, port } = url
  return [
    `${protocol}//${host}`,
    `${protocol === 'https:' ? 'http:' : 'https:'}//${host}`,
    `${protocol}//sub.${host}`,
    `${protocol}//${hostname}.stranger.example`,
    `${protocol}//not${host}`,
    ...(port === '' ? [`${protocol}//${host}:8443`] : [`${protocol}//${hostname}`]),
  ].filter(isOrigin)
}

/**
 * Lists origins that an expression may match: what it spells with each variable part filled in, and
 * the mistakes that such expressions allow.
 */
function samplesOf(expression: RegExp): readonly string[] {
  const spelled = (dot: string, part: string) =>
    expression.source
      .replace(/^\^?(?:\(\?:)?\^?/, '')
      .replaceAll(/\\\//g, '/')
      .replaceAll(/\(\?:?(?:<\w+>)?/g, '(')
      .replaceAll(/\((?<first>[^()|]*)(?:\|[^()]*)?\)\??/g, '$<first>')
      .replaceAll(/(?:\[[^\]]*\]|\\[wd]|\.)(?:[+*]|\{\d+(?:,\d*)?\})/g, part)
      .replaceAll(/(?<!\\)\./g, 'x')
      .replaceAll(/\\\./g, dot)
      .replaceAll(/[\\^$()?]/g, '')
      .replace(/^https?:?s?\/\//, 'https://')
  const plain = ['any', '7', 'a.b'].map((part) => spelled('.', part))
  return [...plain, spelled('x', 'any')].flatMap((text) =>
    around(text.startsWith('http') ? text : `https://any${text}`),
  )
}

/** Tells whether a browser may send this text as an origin. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  return /^https?:$/.test(url.protocol) ? url.origin === text : /^[!-~]+$/.test(text)
}
