import { isForbiddenRequestHeader } from '../../spec/names.ts'
import { isLoopbackHost } from '../../spec/origins.ts'
import { bodyHas, everMarked, field, fieldHas, isMarked, statusOf } from '../evidence.ts'
import type { Row } from '../row.ts'
import { MDN_CORS, mdnError } from './links.ts'
import { hit } from './signature.ts'

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
    when: (e) => hit(e.isCrossOrigin && e.call.mode === 'no-cors' && ['fetch', 'xhr'].includes(e.call.initiator)),
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
    when: (e) => {
      const names = e.call.headers.map(([name]) => name).filter(isForbiddenRequestHeader)
      return hit(names.length > 0, { names: names.join(', ') })
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
    when: (e) => hit(true, { value: field(e.actual, 'Cross-Origin-Resource-Policy') ?? 'absent' }),
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
    when: (e) =>
      hit(
        e.call.mode === 'no-cors' &&
          e.isCrossOrigin &&
          fieldHas(e.actual, 'Content-Type', /json|text\/html|xml/i) &&
          ['script', 'image', 'fetch'].includes(e.call.initiator) &&
          fieldHas(e.actual, 'X-Content-Type-Options', /nosniff/i),
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
    when: (e) => hit(!e.isCrossOrigin),
    says: 'page and URL have the same origin: CORS does not apply',
    link: MDN_CORS,
  },
  {
    code: 'dev-proxy-bypassed',
    severity: 'info',
    at: 'request',
    weight: 30,
    when: (e) => {
      const page = URL.parse(e.call.origin)
      return hit(
        page !== null && isLoopbackHost(page.hostname) && !isLoopbackHost(e.call.url.hostname) && !everMarked(e),
        { path: e.call.url.pathname },
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
    when: (e) =>
      hit(
        e.isWithheld &&
          e.standings.length === 0 &&
          e.isCrossOrigin &&
          statusOf(e.probes.standIn) > 0 &&
          !isMarked(e.probes.standIn),
        {
          probed: String(statusOf(e.probes.standIn)),
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
    when: (e) =>
      hit(
        e.call.initiator === 'fetch' &&
          e.isCrossOrigin &&
          fieldHas(e.actual, 'Content-Type', /^text\/html/i) &&
          !isMarked(e.actual) &&
          bodyHas(e.actual, /<html|<!doctype/i) &&
          e.call.url.pathname !== '/',
      ),
    says: 'the answer is an HTML page: the URL may belong to a website instead of an API',
    link: MDN_CORS,
  },
]
