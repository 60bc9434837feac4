import { ALLOW_ORIGIN } from '../../spec/fields.ts'
import { type Evidence, field, linesOf } from '../evidence.ts'
import { ownersOf } from '../layers.ts'
import type { Row } from '../row.ts'
import { mdnError } from './links.ts'
import { LIST_IT, MISMATCH, ORIGIN_ROW, SERIALIZED } from './origin-row.ts'
import { failedAnswer, matchIf } from './signature.ts'

/** Placeholders that remain where a variable has no value. */
const UNFILLED =
  /^(|\(null\)|undefined|true|false|none|nil|nan|yes|on|\[object \w+\]|\$\{?[\w.]+\}?|\{\{.*\}\}|%\{?\w+\}?[e%]?|process\.env\..*|os\.environ.*|<.*>)$/i

/** A host where an origin belongs. */
const HOST = /^(localhost|([a-z0-9-]+\.)+[a-z]{2,}|\d{1,3}(\.\d{1,3}){3})(:\d+)?\/?$/i

/** Causes in values of `Access-Control-Allow-Origin` that no browser accepts. */
export const ORIGIN_VALUES: readonly Row[] = [
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-doubled',
    explains: ['allow-origin-multiple'],
    weight: 70,
    when: (evidence, obstacle) => {
      const lines = linesOf(failedAnswer(evidence, obstacle), ALLOW_ORIGIN)
      const values = lines
        .flatMap((line) => line.split(','))
        .map((value) => value.trim())
        .filter((value) => value !== '')
      return matchIf(
        (lines.length > 1 && !isList(evidence, lines)) ||
          new Set(values).size < values.length ||
          (values.length > 1 && values.includes('*')),
        {
          value: lines.join(' | '),
          count: String(values.length),
          owners: ownersOf(evidence, failedAnswer(evidence, obstacle)),
        },
      )
    },
    says: 'Access-Control-Allow-Origin is set {count} times ({value}): two layers both add it{owners}',
    remedy: {
      where: 'server',
      advice: 'Let one layer send the CORS headers: switch them off in the application or in the gateway.',
      policy: true,
      by: {
        nginx:
          'Write proxy_hide_header Access-Control-Allow-Origin; (and the same for the other CORS headers) next to proxy_pass, or remove the add_header lines.',
        apache:
          'Write Header onsuccess unset Access-Control-Allow-Origin above Header always set: "always" and "onsuccess" are two tables, and Apache sends both.',
        php: 'Write the header in one place: in PHP with header(), or in .htaccess or the configuration of the server.',
        'lambda-url': 'Clear the CORS setting of the function URL, or remove the headers from the function.',
        envoy: 'Remove the headers of the application in response_headers_to_remove, or remove the CORS filter.',
        haproxy: 'Use http-response set-header instead of add-header.',
        cloudflare: 'Remove either the Transform Rule or the header of the Worker.',
        azure: 'Clear the CORS blade of the App Service, or remove the middleware of the application.',
      },
    },
    link: mdnError('CORSMultipleAllowOriginNotAllowed'),
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-list',
    explains: ['allow-origin-multiple', 'allow-origin-mismatch', 'allow-origin-malformed'],
    weight: 60,
    when: (evidence, obstacle) => {
      const lines = linesOf(failedAnswer(evidence, obstacle), ALLOW_ORIGIN)
      const values = lines
        .join(',')
        .split(/[,;\s]+/)
        .filter((value) => value !== '')
      return matchIf(
        values.length > 1 &&
          new Set(values).size === values.length &&
          !values.includes('*') &&
          (lines.length === 1 || isConstant(evidence, lines)),
        { value: lines.join(', ') },
      )
    },
    says: 'Access-Control-Allow-Origin lists several origins ("{value}"), but it can hold only one',
    remedy: {
      where: 'server',
      advice: 'Compare Origin with the list on the server, and answer with the one that matched.',
      policy: true,
    },
    link: mdnError('CORSMultipleAllowOriginNotAllowed'),
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-pattern',
    explains: ['allow-origin-mismatch', 'allow-origin-malformed'],
    weight: 70,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? ''
      return matchIf(value.includes('*') && !value.includes(','), { value })
    },
    says: 'Access-Control-Allow-Origin is "{value}", but browsers do not support patterns there',
    remedy: {
      where: 'server',
      advice: 'Match the pattern on the server, and answer with the origin itself.',
      policy: true,
    },
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-quoted',
    explains: ['allow-origin-malformed', 'allow-origin-mismatch', 'allow-origin-multiple'],
    weight: 72,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? ''
      return matchIf(/["'[\]<>{}]|%22/.test(value) && !/^https?:\/\/\[/.test(value), { value })
    },
    says: 'Access-Control-Allow-Origin is {value}, with quotes or brackets from a configuration file',
    remedy: {
      where: 'server',
      advice: 'Parse the list before it is used: the value is {origin} without anything around it.',
      policy: true,
    },
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-null',
    explains: ['allow-origin-mismatch'],
    weight: 60,
    when: (evidence, obstacle) => matchIf(field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) === 'null'),
    says: 'Access-Control-Allow-Origin is the word null: a variable on the server has no value, or the server allows pages without an origin on purpose',
    remedy: { where: 'server', advice: 'Omit the header if no origin matches; never send null.', policy: true },
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-variable',
    explains: ['allow-origin-malformed', 'allow-origin-mismatch', 'allow-origin-multiple'],
    weight: 74,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? ''
      return matchIf(UNFILLED.test(value.trim()), { value })
    },
    says: 'Access-Control-Allow-Origin is "{value}": a variable on the server has no value, or its value is not an origin',
    remedy: {
      where: 'server',
      advice: 'Find the source of the value. Print it when the server starts, and refuse to start without it.',
      policy: true,
    },
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-without-scheme',
    explains: ['allow-origin-malformed', 'allow-origin-mismatch'],
    weight: 73,
    when: (evidence, obstacle) => {
      const value = (field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? '').replace(/^\/\//, '')
      const page = URL.parse(evidence.call.origin)
      const isOfPage = page !== null && value !== '' && [page.host, page.hostname].includes(value.replace(/\/$/, ''))
      return matchIf(isOfPage || (HOST.test(value) && !UNFILLED.test(value)), { value })
    },
    says: 'Access-Control-Allow-Origin is "{value}", without a scheme: browsers compare with {origin}',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-fixed',
    explains: ['allow-origin-mismatch'],
    weight: 30,
    isGeneral: true,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? ''
      return matchIf(value !== 'null' && !value.includes('*'), { value })
    },
    says: 'Access-Control-Allow-Origin is always "{value}", but the page is {origin}',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-malformed',
    explains: ['allow-origin-malformed'],
    weight: 10,
    isFallback: true,
    when: (_, obstacle) => matchIf(obstacle !== null, { value: obstacle?.failure.value ?? '' }),
    says: 'Access-Control-Allow-Origin is "{value}", which is not an origin: write scheme://host, with :port if it is not the default',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-mismatch',
    explains: ['allow-origin-mismatch', 'allow-origin-multiple'],
    weight: 10,
    isFallback: true,
    when: (_, obstacle) => matchIf(obstacle !== null, { value: obstacle?.failure.value ?? '' }),
    says: 'Access-Control-Allow-Origin is "{value}", but the page is {origin}',
    remedy: LIST_IT,
    link: MISMATCH,
  },
]

/**
 * Returns whether several lines are different origins, and the same ones for every page. Then one
 * layer writes a list, line by line.
 */
function isList(evidence: Evidence, lines: readonly string[]): boolean {
  return !lines.includes('*') && new Set(lines).size === lines.length && isConstant(evidence, lines)
}

function isConstant({ probes }: Evidence, lines: readonly string[]): boolean {
  return linesOf(probes.foreign, ALLOW_ORIGIN).join() === lines.join()
}
