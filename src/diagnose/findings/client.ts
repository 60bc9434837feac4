import { isForbiddenRequestHeader } from '../../spec/names.ts'
import { isLoopbackHost } from '../../spec/origins.ts'
import { bodyHas, everMarked, field, fieldHas, hasAllowOrigin, statusOf } from '../evidence.ts'
import type { Row } from '../row.ts'
import { MDN_CORS, mdnError } from './links.ts'
import { matchIf } from './signature.ts'

/** Causes in the page itself. */
export const CLIENT: readonly Row[] = [
  {
    code: 'same-origin-mode',
    severity: 'error',
    at: 'request',
    explains: ['same-origin-mode'],
    weight: 60,
    when: () => ({}),
    says: 'the page uses mode: "same-origin", but {host} is another origin',
    remedy: { where: 'client', target: 'client', advice: 'Write mode: "cors".', request: () => ({ mode: 'cors' }) },
    link: 'https://developer.mozilla.org/docs/Web/API/RequestInit#mode',
  },
  {
    code: 'no-cors-mode',
    severity: 'warning',
    at: 'request',
    weight: 80,
    when: (evidence) =>
      matchIf(
        evidence.isCrossOrigin &&
          evidence.call.mode === 'no-cors' &&
          ['fetch', 'xhr'].includes(evidence.call.initiator),
      ),
    says: 'mode: "no-cors" does not help: the page gets an opaque response with status 0 and no body',
    remedy: {
      where: 'client',
      target: 'client',
      advice: 'Remove mode: "no-cors", and let the server share the response.',
      policy: true,
      request: () => ({ mode: 'cors' }),
    },
    link: 'https://developer.mozilla.org/docs/Web/API/Request/mode',
  },
  {
    code: 'request-header-forbidden',
    severity: 'info',
    at: 'request',
    weight: 40,
    when: (evidence) => {
      const names = evidence.call.headers.map(([name]) => name).filter(isForbiddenRequestHeader)
      return matchIf(names.length > 0, { names: names.join(', ') })
    },
    says: 'no page can set {names}: fetch() drops it silently, and XMLHttpRequest drops it with a line in the console',
    remedy: {
      where: 'client',
      target: 'client',
      advice: 'Remove {names}. If the server needs the value, send it in a header of your own.',
      request: ({ call }) => ({ headers: call.headers.filter(([name]) => !isForbiddenRequestHeader(name)) }),
    },
    link: 'https://developer.mozilla.org/docs/Glossary/Forbidden_request_header',
  },
  {
    code: 'resource-policy',
    severity: 'error',
    at: 'response',
    explains: ['resource-policy'],
    weight: 60,
    header: 'Cross-Origin-Resource-Policy',
    when: (evidence) => matchIf(true, { value: field(evidence.actual, 'Cross-Origin-Resource-Policy') ?? 'absent' }),
    says: 'Cross-Origin-Resource-Policy is {value}: other origins may not embed this response, and CORS headers do not change that for a request without CORS',
    remedy: {
      where: 'server',
      advice:
        'Send Cross-Origin-Resource-Policy: cross-origin, or load it with the crossorigin attribute and CORS headers.',
    },
    link: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/Cross-Origin_Resource_Policy',
  },
  {
    code: 'opaque-response-blocking',
    severity: 'warning',
    at: 'response',
    weight: 60,
    header: 'Content-Type',
    when: (evidence) =>
      matchIf(
        evidence.call.mode === 'no-cors' &&
          evidence.isCrossOrigin &&
          fieldHas(evidence.actual, 'Content-Type', /json|text\/html|xml/i) &&
          ['script', 'image', 'fetch'].includes(evidence.call.initiator) &&
          fieldHas(evidence.actual, 'X-Content-Type-Options', /nosniff/i),
      ),
    says: 'browsers block JSON, HTML and XML for requests without CORS (opaque response blocking); CORS headers do not change that',
    remedy: {
      where: 'client',
      target: 'client',
      advice: 'Fetch it with CORS instead of embedding it.',
      request: () => ({ mode: 'cors', initiator: 'fetch' }),
    },
    link: 'https://fetch.spec.whatwg.org/#orb',
  },
  {
    code: 'same-origin',
    severity: 'info',
    at: 'request',
    weight: 20,
    when: (evidence) => matchIf(!evidence.isCrossOrigin),
    says: 'page and URL have the same origin: CORS does not apply',
    link: MDN_CORS,
  },
  {
    code: 'dev-proxy-bypassed',
    severity: 'info',
    at: 'request',
    weight: 30,
    when: (evidence) => {
      const page = URL.parse(evidence.call.origin)
      return matchIf(
        page !== null &&
          isLoopbackHost(page.hostname) &&
          !isLoopbackHost(evidence.call.url.hostname) &&
          !everMarked(evidence),
        { path: evidence.call.url.pathname },
      )
    },
    says: 'the page is on a development server and calls {host} directly; the proxy of the development server only handles relative URLs',
    remedy: {
      where: 'client',
      target: 'client',
      advice:
        'Call {path}, and let the development server forward it; or run corsmith proxy in front of the API, which enforces the policy of production.',
    },
    link: 'https://vite.dev/config/server-options.html#server-proxy',
  },
  {
    code: 'unsent-perhaps-unmarked',
    severity: 'warning',
    at: 'probe',
    weight: 65,
    header: 'Access-Control-Allow-Origin',
    when: (evidence) =>
      matchIf(
        evidence.isWithheld &&
          evidence.obstacles.length === 0 &&
          evidence.isCrossOrigin &&
          statusOf(evidence.probes.standIn) > 0 &&
          !hasAllowOrigin(evidence.probes.standIn),
        {
          probed: String(statusOf(evidence.probes.standIn)),
        },
      ),
    says: '{method} was not sent; a GET of the same URL ({probed}) carries no Access-Control-Allow-Origin, so the answer to {method} may lack it too',
    remedy: { where: 'client', target: 'client', advice: 'Repeat with --send if the side effect is harmless.' },
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    code: 'html-instead-of-data',
    severity: 'info',
    at: 'response',
    weight: 25,
    header: 'Content-Type',
    when: (evidence) =>
      matchIf(
        evidence.call.initiator === 'fetch' &&
          evidence.isCrossOrigin &&
          fieldHas(evidence.actual, 'Content-Type', /^text\/html/i) &&
          !hasAllowOrigin(evidence.actual) &&
          bodyHas(evidence.actual, /<html|<!doctype/i) &&
          evidence.call.url.pathname !== '/',
      ),
    says: 'the answer is an HTML page: the URL may belong to a website instead of an API',
    link: MDN_CORS,
  },
]
