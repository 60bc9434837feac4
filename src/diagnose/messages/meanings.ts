import { BEYOND_MEANINGS } from './meanings-beyond.ts'
import type { CorsCode, Meaning, MessageCode } from './template.ts'

/** Meanings of lines about CORS. `{value}` is the text at fault. */
const CORS_MEANINGS: Readonly<Record<CorsCode, Meaning>> = {
  'allow-origin-missing': {
    meaning:
      'A response has no Access-Control-Allow-Origin. It may be the answer to the preflight, a redirect, an error page of a gateway, or the response itself.',
    first: 'Look at the status: a 404, 500 or 502 is the real error, and CORS only hides it.',
  },
  'allow-origin-wildcard': {
    meaning:
      "The page sends credentials, and the server answers with *. With credentials the server must send the page's origin.",
    first:
      'Remove credentials: "include" (withCredentials) if the page needs no cookie. Otherwise let the server send the origin and Access-Control-Allow-Credentials: true.',
  },
  'allow-origin-multiple': {
    meaning:
      'Access-Control-Allow-Origin has more than one value ({value}): two layers both set it, or the server wrote a list into one header.',
    first: 'Let one layer set the CORS headers, and let it send the one origin that matches.',
  },
  'allow-origin-malformed': {
    meaning:
      'Access-Control-Allow-Origin is not an origin ({value}): an origin is a scheme, a host, and a port if it is not the default.',
    first: 'Correct the list of the server: "https://app.example.com", without quotes, path or trailing slash.',
  },
  'allow-origin-mismatch': {
    meaning:
      "The server shares with another origin than this page's{value}. Scheme, host and port are compared byte by byte. WebKit prints the same line if the header is missing.",
    first:
      'Compare the two texts character by character: http and https, www, port, localhost and 127.0.0.1, trailing slash.',
  },
  'allow-credentials': {
    meaning: 'The page sends credentials, and Access-Control-Allow-Credentials is not the word true.',
    first: 'Send Access-Control-Allow-Credentials: true, on the preflight and on the response.',
  },
  'preflight-status': {
    meaning:
      'The answer to OPTIONS is not 200 to 299: most often something other than the CORS policy answered, such as authentication, a router or a firewall.',
    first: 'Put the CORS middleware before authentication and routing.',
  },
  'preflight-redirect': {
    meaning: 'The preflight is redirected, and browsers do not follow the redirect.',
    first: 'Call the final URL: https instead of http, with or without the trailing slash, with or without www.',
  },
  'allow-methods-syntax': {
    meaning: 'Access-Control-Allow-Methods is not a list of methods separated by commas.',
    first: 'Take out quotes, brackets and semicolons.',
  },
  'allow-headers-syntax': {
    meaning: 'Access-Control-Allow-Headers is not a list of names separated by commas.',
    first: 'Take out quotes, brackets and semicolons.',
  },
  'method-not-allowed': {
    meaning: 'The preflight does not allow the method {value}. Methods are case-sensitive.',
    first: 'List the method in Access-Control-Allow-Methods.',
  },
  'header-not-allowed': {
    meaning: 'The page sets the request header {value}, and the preflight does not allow it.',
    first: 'List it in Access-Control-Allow-Headers, or do not set it. With credentials, * has no effect.',
  },
  'redirect-credentials': {
    meaning: 'The server redirects to a URL with a user name.',
    first: 'Remove the user name from Location.',
  },
  'embedded-credentials': {
    meaning: 'The URL has a user name and a password. Browsers refuse to fetch such a URL.',
    first: 'Remove them from the URL.',
  },
  'redirect-scheme': {
    meaning: 'The server redirects to something that is neither http nor https.',
    first: 'Correct the Location.',
  },
  'redirect-location': {
    meaning: 'The Location of the redirect cannot be read as a URL.',
    first: 'Send one absolute URL.',
  },
  'redirect-limit': {
    meaning: 'The redirects never end.',
    first: 'Look for two rules that redirect to each other.',
  },
  'redirect-mode': { meaning: 'The page forbids redirects for this request.', first: 'Call the final URL.' },
  'redirect-body': { meaning: 'A streamed body cannot be sent again after a redirect.', first: 'Call the final URL.' },
  'scheme-not-http': {
    meaning: 'CORS works with http and https only. A file: page has no origin, and files cannot be fetched.',
    first: 'Serve the page from http://localhost.',
  },
  'same-origin-mode': {
    meaning: 'The page uses mode "same-origin" (or is a file: page), but the URL has another origin.',
    first: 'Write mode: "cors".',
  },
  'no-cors-redirect-mode': {
    meaning: 'mode: "no-cors" requires redirect: "follow".',
    first: 'Write mode: "cors".',
  },
  'resource-policy': {
    meaning: 'Cross-Origin-Resource-Policy blocks the resource for other sites. That is not CORS.',
    first: 'Send Cross-Origin-Resource-Policy: cross-origin, or load it with CORS.',
  },
  'bad-port': { meaning: 'Browsers never connect to this port.', first: 'Use another port, such as 8080.' },
  'network-error': {
    meaning:
      'No answer came: DNS, a refused connection, a certificate, a crashed server. Firefox calls this a CORS error, but it is not one.',
    first: 'Open the URL in a new tab, and look at the error there.',
  },
  'authorization-by-wildcard': {
    meaning: 'A warning: * in Access-Control-Allow-Headers does not cover Authorization. It still works.',
    first: 'List Authorization next to the *.',
  },
  'cors-disabled': {
    meaning: 'CORS is switched off in this Firefox (content.cors.disable).',
    first: 'Reset the preference in about:config.',
  },
  'origin-header-not-added': {
    meaning: 'Firefox could not add the Origin header to the request.',
    first: 'Look for an extension that rewrites requests.',
  },
  'header-not-exposed': {
    meaning:
      'The page reads the response header {value}, but the response does not expose it. The response itself was shared.',
    first: 'List the name in Access-Control-Expose-Headers of the response. With credentials, * has no effect.',
  },
  'refused-by-server': {
    meaning: "The server's own CORS layer refused this request: the origin, the method or a header is not on its list.",
    first: "Add the page's exact origin (scheme, host, port) to the list on the server, and restart it.",
  },
  'server-policy': {
    meaning: 'The server refuses its own CORS settings: any origin together with credentials.',
    first: 'List the origins that may send credentials, or switch credentials off.',
  },
  'cors-no-reason': {
    meaning: 'CORS blocked the response. The reason is not in this text.',
    first:
      'Copy the whole line: the reason follows "blocked by CORS policy:" or stands in "(Reason: …)". Or run the check, which finds it.',
  },
}

/** All meanings. */
export const MEANINGS: Readonly<Record<MessageCode, Meaning>> = { ...CORS_MEANINGS, ...BEYOND_MEANINGS }

/** Failures that share a name with a failure of CORS but are not CORS. */
const NOT_CORS: readonly MessageCode[] = [
  'network-error',
  'bad-port',
  'resource-policy',
  'method-forbidden',
  'redirect-limit',
]

/** Lines that do not show whether the failure is CORS. */
const UNKNOWN: readonly MessageCode[] = [
  'no-reason',
  'aborted',
  'script-error',
  'provisional-headers',
  'http-status',
  'invalid-response',
]

/** Returns whether a code is about CORS; null if the line does not show it. */
export function isAboutCors(code: MessageCode): boolean | null {
  if (UNKNOWN.includes(code)) return null
  return Object.hasOwn(CORS_MEANINGS, code) && !NOT_CORS.includes(code)
}
