/** The kinds of {@link Loss}. Codes are API. */
export type LossCode =
  | 'origin-predicate'
  | 'origin-pattern'
  | 'origin-quoting'
  | 'origin-characters'
  | 'origin-host'
  | 'origins-limit'
  | 'credentials'
  | 'credentials-always'
  | 'method'
  | 'method-any'
  | 'header'
  | 'one-list'
  | 'header-any'
  | 'header-pattern'
  | 'headers-limit'
  | 'exposed'
  | 'exposed-any'
  | 'exposed-pattern'
  | 'exposed-limit'
  | 'max-age'
  | 'preflight-status'
  | 'timing'
  | 'refused-forbid'
  | 'option'

/** Something in a policy that a target cannot express. The text then allows less than the policy. */
export interface Loss {
  /** The kind of the loss. */
  readonly code: LossCode
  /** The entry, the name or the number that is lost; null if the loss is about the whole option. */
  readonly value: string | null
  /** A sentence, without its stop, that says what the target cannot express. */
  readonly what: string
  /** The requests that notice. */
  readonly requests: string
  /** What to do instead. */
  readonly instead: string
}

const EDGE = 'put the edge proxy of corsmith in front (corsmith compile proxy)'

type Row = readonly [what: (value: string) => string, requests: (value: string) => string, instead: string]

const ROWS: Readonly<Record<Exclude<LossCode, 'origin-pattern' | 'max-age'>, Row>> = {
  'origin-predicate': [
    () => 'origins is a function, which needs JavaScript: list the origins',
    () => 'every request of a page on another origin',
    `list the origins, or ${EDGE}`,
  ],
  'origin-quoting': [
    (value) => `${JSON.stringify(value)} is left out: this target cannot quote it`,
    (value) => `requests of pages at ${value}`,
    EDGE,
  ],
  'origin-characters': [
    (value) => `${value} allows only hosts of letters, digits and the characters "._~-" here`,
    (value) => `requests of pages that ${value} allows, if their host has another character`,
    EDGE,
  ],
  'origin-host': [
    (value) => `${JSON.stringify(value)} is left out: this target refuses its host, and would not start`,
    (value) => `requests of pages at ${value}`,
    EDGE,
  ],
  'origins-limit': [
    (value) => `${value} of the origins are left out: this target takes no more`,
    () => 'requests of pages at the last origins of the list',
    `split the policy over several routes, or ${EDGE}`,
  ],
  credentials: [
    () => 'this target cannot allow credentials: pages get the answer without them',
    () => 'requests with credentials: "include"',
    EDGE,
  ],
  'credentials-always': [
    () =>
      'this target always allows credentials to the origins that it lists, and the policy does not: nothing is written',
    () => 'every request of a page on another origin',
    'write credentials: true if these pages may send them, or origins: "*"',
  ],
  method: [
    (value) => `the method ${JSON.stringify(value)} is left out: this target does not know it`,
    (value) => `requests with the method ${value}`,
    EDGE,
  ],
  'method-any': [
    () => 'this target cannot express "*" for methods: the common ones are listed',
    () => 'requests with a method that is not GET, HEAD, POST, PUT, PATCH or DELETE',
    `list the methods, or ${EDGE}`,
  ],
  header: [
    (value) => `the request header ${JSON.stringify(value)} is left out: this target cannot express it`,
    (value) => `requests with the header ${value}`,
    EDGE,
  ],
  'one-list': [
    (value) =>
      `the header ${JSON.stringify(value)} is left out: this target has one list for the headers that pages send and those that they read, and the policy allows only one of the two`,
    (value) => `requests with the header ${value}, and pages that read it`,
    `list the name in requestHeaders and in exposedHeaders, or ${EDGE}`,
  ],
  'header-any': [
    (value) =>
      value === 'Authorization'
        ? '"*" for request headers would allow Authorization too, so it is left out: list the names, or Authorization beside "*"'
        : 'this target cannot express "*" for request headers: list the names',
    () => 'requests with a header that needs permission and is not listed by name',
    `list the names, or ${EDGE}`,
  ],
  'header-pattern': [
    (value) => `this target cannot express patterns of request headers (${value}): list the names`,
    (value) => `requests with a header that only ${value} allows`,
    `list the names, or ${EDGE}`,
  ],
  'headers-limit': [
    (value) => `${value} of the request headers are left out: this target takes no more`,
    () => 'requests with one of the last headers of the list',
    EDGE,
  ],
  exposed: [
    (value) => `the exposed header ${JSON.stringify(value)} is left out: this target cannot express it`,
    (value) => `pages that read the header ${value}`,
    EDGE,
  ],
  'exposed-any': [
    () => 'this target cannot express "*" for exposed headers: list the names',
    () => 'pages that read a header that is not listed by name',
    `list the names, or ${EDGE}`,
  ],
  'exposed-pattern': [
    (value) => `this target cannot express patterns of exposed headers (${value}): list the names`,
    (value) => `pages that read a header that only ${value} exposes`,
    `list the names, or ${EDGE}`,
  ],
  'exposed-limit': [
    (value) => `${value} of the exposed headers are left out: this target takes no more`,
    () => 'pages that read one of the last headers of the list',
    EDGE,
  ],
  'preflight-status': [
    (value) => `this target answers preflights with a status of its own, not with ${value}`,
    () => 'preflights, only where something other than a browser reads the status',
    'leave preflightStatus out',
  ],
  timing: [
    () => 'this target cannot send Timing-Allow-Origin',
    () => 'pages that read detailed timing of the Resource Timing API',
    EDGE,
  ],
  'refused-forbid': [
    () =>
      'this target cannot express refused: "forbid": requests of strangers still reach the API, which must refuse them itself',
    () => 'requests of pages that the policy refuses: they reach the API, and the page cannot read the answer',
    EDGE,
  ],
  option: [
    (value) => `this target cannot express ${value}`,
    (value) => `requests whose answer ${value} changes`,
    `leave the option out, or ${EDGE}`,
  ],
}

/** Collects a loss, unless it was collected before. */
export type Lose = (loss: Loss) => void

/** Makes a row of losses from its table. */
export function lossOf(code: keyof typeof ROWS, value: string | null = null): Loss {
  const [what, requests, instead] = ROWS[code]
  const shown = value ?? ''
  return { code, value, what: what(shown), requests: requests(shown), instead }
}

/** Makes the loss of an origin that a target matches less exactly than a policy. */
export function lossOfPattern(value: string, why: string): Loss {
  return {
    code: 'origin-pattern',
    value,
    what: `${value} is left out, because this target cannot match ${why} exactly: list the origins`,
    requests: `requests of pages at origins that only ${value} allows`,
    instead: `list the origins, or ${EDGE}`,
  }
}

/** Makes the loss of a time that is shorter than a target can express. */
export function lossOfAge(value: number, least: number): Loss {
  return {
    code: 'max-age',
    value: String(value),
    what: `browsers keep a preflight for at least ${least} s`,
    requests: `pages that send a second request within ${least} s`,
    instead: EDGE,
  }
}
