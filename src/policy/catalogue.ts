/**
 * The rules of a policy: the code of each, its sentence, and the address of the standard that gives
 * it.
 *
 * Each rule has one sentence. `CorsPolicyError` prints it, the compiler prints it through the types
 * of this file, and the documentation explains it. A sentence is lower-case, in the present tense
 * and without a full stop. `issue()` appends what to write instead.
 *
 * A table is keyed by address first, then by code. So an address stands once for all the rules that
 * one passage gives, and `createCors` carries it once. `issue('origin-path')` looks for the address
 * whose table has that code, and puts the address into `PolicyIssue.spec`. Rules that no standard
 * gives stand under the address `''`, and their issues have no `spec`.
 */

import {
  PREDICATE_ACCEPTS_INSECURE,
  PREDICATE_ACCEPTS_STRANGERS,
  PREDICATE_ANSWER,
  PREDICATE_ASYNC,
} from './predicate-sentences.ts'

/** The rules whose breach is a defect. A policy with a defect does not construct. */
export const DEFECTS = {
  '': {
    'policy-not-an-object': 'a policy is an object with at least "origins"',
    'value-unreadable': 'reading this value throws',
    'unknown-key': 'a policy has no option of this name',
    'origins-missing': 'a policy names its origins; list them, or write "*" for a public resource',
    'origins-inherited': 'inherited properties do not count; write origins on the policy itself',
    'origins-not-a-list': 'origins are "*", a list of strings, or a function',
    'origins-reflected': 'a policy cannot allow every origin that asks; list them, or write "*" for a public resource',
    'origins-empty': 'an empty list shares with nobody; list the origins you trust',
    'list-too-long': 'a list holds at most 200000 entries; a predicate can look up more',
    'origin-not-a-string': 'an origin is a string',
    'origin-empty': 'an origin is not empty; perhaps a variable is not set',
    'origin-unset': 'this origin was made from a variable that is not set',
    'origin-regexp':
      'an origin is a string: a RegExp with a plain dot, or without ^ and $, allows other hosts; a pattern has one "*"',
    'origin-wildcard-in-list': '"*" means every origin, so it stands alone in its list',
    'origin-joined': 'one entry is one origin; list them one by one',
    'origin-pattern': 'a pattern has one "*", in the first label of its host, and a domain behind it',
    'origin-pattern-scheme':
      'a pattern begins with https:// or http://; with another scheme, an entry is one host, or all: "app://*"',
    'origin-pattern-address':
      'an IP address has no pattern, because other networks use the same addresses; list each address, or ask a predicate',
    'origin-any-host':
      'anyone can publish an app or an extension that this entry matches; list your own, ask a predicate, or set dangerouslyAllowPublicSuffixes: true',
    'origin-pattern-port': '":*" is for loopback hosts only, such as http://localhost:*',
    'origins-wildcard-forbid': '"*" refuses nobody, so refused: "forbid" has no meaning; list the origins you trust',
    'predicate-async': PREDICATE_ASYNC as typeof PREDICATE_ASYNC,
    'predicate-answer': PREDICATE_ANSWER as typeof PREDICATE_ANSWER,
    'not-a-boolean': 'this option is true or false',
    'not-a-list': 'this option is "*" or a list of strings',
    'name-not-a-string': 'a name is a string',
    'name-regexp': 'a name is a string, not a RegExp; a name pattern ends in "*"',
    'name-joined': 'one entry is one name; list them one by one',
    'wildcard-not-alone': '"*" stands alone in its list',
    'header-pattern': 'a name pattern is at least one character and a final "*"',
    'exposed-header-of-requests': 'this is a header of requests; no response has it',
    'refused-value': 'refused is "pass" or "forbid"',
  },
  'https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin': {
    'origin-null': 'sandboxed frames and data: pages have the origin "null", so allowing it allows everyone',
    'origin-white-space': 'an origin has no white space around it',
    'origin-without-scheme': 'an origin begins with its scheme',
    'origin-scheme': 'a scheme is a letter, then letters, digits, "+", "-" or ".", at most 64 characters',
    'origin-upper-case': 'browsers send scheme and host in lower case',
    'origin-user': 'an origin has no user name or password',
    'origin-trailing-slash': 'an origin has no trailing slash',
    'origin-path': 'an origin has no path',
    'origin-query': 'an origin has no query',
    'origin-fragment': 'an origin has no fragment',
    'origin-default-port': "browsers leave out a scheme's own port",
    'origin-port': 'a port is a number from 1 to 65535 without leading zeros',
    'origin-host': 'a host is labels of letters, digits, "-" and "_", joined by dots',
    'origin-host-too-long': 'a label has at most 63 characters, and a host 253',
    'origin-host-trailing-dot': 'a host has no trailing dot',
  },
  'https://url.spec.whatwg.org/#concept-url-origin': {
    'origin-scheme-never-sent': 'no page has an origin with this scheme',
    'origin-file':
      'a file: page has the origin "null", which no list can allow; serve it from http://localhost, or in an app from a scheme such as "app://bundle"',
  },
  'https://url.spec.whatwg.org/#idna': {
    'origin-host-punycode': 'the Punycode of this host cannot be decoded',
    'origin-host-unicode': 'browsers send host names in Punycode',
  },
  'https://url.spec.whatwg.org/#concept-host-serializer': {
    'origin-address': 'browsers write an IP address in its one short form',
  },
  'https://publicsuffix.org/': {
    'origin-public-suffix': 'anyone can register a name that this pattern matches; put your own domain behind the "*"',
  },
  'https://w3c.github.io/webappsec-secure-contexts/#threat-active': {
    'origin-insecure': 'with credentials: true, an http: origin lets anyone who controls the network read the answers',
    'predicate-accepts-insecure': PREDICATE_ACCEPTS_INSECURE as typeof PREDICATE_ACCEPTS_INSECURE,
  },
  'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials': {
    'origins-wildcard-credentials': '"*" cannot be combined with credentials: true; list the origins you trust',
    'predicate-accepts-strangers': PREDICATE_ACCEPTS_STRANGERS as typeof PREDICATE_ACCEPTS_STRANGERS,
    'exposed-wildcard-credentials': 'with credentials: true, browsers read "*" as a header named "*"; list the names',
  },
  'https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2': {
    'method-not-a-token': 'a method is one token, without spaces or commas',
    'header-not-a-token': 'a header name is one token, without spaces, commas or colons',
  },
  'https://fetch.spec.whatwg.org/#forbidden-method': {
    'method-forbidden': 'browsers refuse to send this method',
  },
  'https://fetch.spec.whatwg.org/#concept-method-normalize': {
    'method-case': 'methods are case-sensitive, and browsers send this one in upper case',
  },
  'https://fetch.spec.whatwg.org/#forbidden-request-header': {
    'request-header-forbidden': 'pages cannot set this header, so no browser asks for it',
  },
  'https://fetch.spec.whatwg.org/#cors-preflight-fetch': {
    'request-header-of-responses': 'this is a header of responses; no request has it',
    'max-age-not-whole-seconds': 'maxAge is whole seconds from 0 to 86400',
    'preflight-status': 'preflightStatus is 200 or 204',
  },
  'https://fetch.spec.whatwg.org/#forbidden-response-header-name': {
    'exposed-header-forbidden': 'no page can read this header',
  },
} as const

/** Rules for the text that a policy is read from: JSON, or environment variables. */
export const SOURCES = {
  '': {
    'policy-not-json': 'this text cannot be read as JSON',
    'key-twice': 'this key occurs twice, and only the last value would count; remove one',
    'variable-missing':
      'this variable is not set, or empty; list the origins you trust, separated by commas, or write "*" for a public resource',
    'variable-unreadable': 'this variable begins like JSON and cannot be read as JSON',
    'variable-unknown': 'no variable of this name is read',
  },
} as const

/** The rules whose breach is a warning. `createCors` does not load this table. */
export const WARNINGS = {
  '': {
    'inherited-key': 'inherited properties do not count; write this option on the policy itself',
    'origin-loopback': "with credentials: true, a loopback origin trusts every program on the user's computer",
    'origin-duplicate': 'this origin is listed before',
    'origin-covered': 'another entry covers this origin',
    'name-duplicate': 'this name is listed before',
    'name-covered': 'another entry covers this name',
  },
  'https://github.com/publicsuffix/list/wiki/Guidelines': {
    'origin-shared-host':
      'names below this host belong to a platform and its customers; list the origins that are yours',
  },
  'https://fetch.spec.whatwg.org/#concept-method-normalize': {
    'method-lower-case': 'methods are case-sensitive, and most pages send this one in upper case',
  },
  'https://fetch.spec.whatwg.org/#cors-safelisted-method': {
    'method-safelisted': 'GET, HEAD and POST need no permission',
  },
  'https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name': {
    'exposed-header-safelisted': 'pages can read this header without permission',
  },
  'https://fetch.spec.whatwg.org/#cors-preflight-fetch': {
    'max-age-above-caps':
      'browsers cap how long they keep a preflight answer: WebKit at 600 seconds, Chromium at 7200, Firefox at 86400',
  },
} as const

/** The code of a defect. */
export type DefectCode = CodeOf<typeof DEFECTS>

/** The code of a defect in the text that a policy is read from. */
export type SourceCode = CodeOf<typeof SOURCES>

/** The code of a warning. */
export type WarningCode = CodeOf<typeof WARNINGS>

/**
 * Every code that an issue of a policy can have. Codes are API: they change only with a major
 * version.
 */
export type IssueCode = DefectCode | SourceCode | WarningCode

/** The sentence of each rule, by code. The compiler takes its messages from this type. */
export type Sentences = Flat<typeof DEFECTS> & Flat<typeof SOURCES> & Flat<typeof WARNINGS>

/** The codes of a table, over all its addresses. */
type CodeOf<Table> = { [Address in keyof Table]: keyof Table[Address] }[keyof Table]

/** A table without its addresses: each code with its sentence. */
type Flat<Table> = Intersection<Table[keyof Table]>

/**
 * Turns `A | B` into `A & B`, so that the tables of all addresses become one. A function that takes
 * `A` and one that takes `B` have only `A & B` as a common parameter, and `infer` finds it.
 */
type Intersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer All) => void ? All : never
