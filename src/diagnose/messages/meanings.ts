import { BEYOND_MEANINGS } from './meanings-beyond.ts'
import type { CorsCode, Meaning, MessageCode } from './template.ts'

/** Meanings of lines about CORS. `{value}` is the text at fault. */
const CORS_MEANINGS: Readonly<Record<CorsCode, Meaning>> = {
  'allow-origin-missing': {
    meaning:
      'The response that was checked carries no Access-Control-Allow-Origin. That may be the preflight, a redirect, an error page of a gateway, or the response itself.',
    first: 'Look at the status: a 404, 500 or 502 is the real error, and CORS only hides it.',
  },
  'allow-origin-wildcard': {
    meaning: 'The page sends credentials, and the server answers with *. With credentials it has to name the origin.',
    first:
      'Drop credentials: "include" (withCredentials) if no cookie is needed; otherwise let the server name the origin and send Access-Control-Allow-Credentials: true.',
  },
  'allow-origin-multiple': {
    meaning:
      'Access-Control-Allow-Origin holds more than one value ({value}): two layers both set it, or a list was put into one header.',
    first: 'Let one layer own CORS, and let it answer with the one origin that matched.',
  },
  'allow-origin-malformed': {
    meaning:
      'Access-Control-Allow-Origin holds no origin ({value}): an origin is scheme, host, and port where there is one.',
    first: 'Correct the list of the server: "https://app.example.com", without quotes, path or trailing slash.',
  },
  'allow-origin-mismatch': {
    meaning:
      "The server shares with another origin than this page's{value}. Scheme, host and port are compared byte by byte. WebKit prints the same line where the header is missing altogether.",
    first:
      'Compare the two texts character by character: http and https, www, port, localhost and 127.0.0.1, trailing slash.',
  },
  'allow-credentials': {
    meaning: 'The page sends credentials, and Access-Control-Allow-Credentials is not the word true.',
    first: 'Send Access-Control-Allow-Credentials: true, on the preflight and on the response.',
  },
  'preflight-status': {
    meaning:
      'OPTIONS is not answered with 200 to 299: something other than the CORS policy answered it, such as authentication, a router or a firewall. WebKit says the same of a redirect.',
    first: 'Put the CORS middleware before authentication and routing.',
  },
  'preflight-redirect': {
    meaning: 'The preflight is redirected, and browsers do not follow that.',
    first: 'Call the final URL: https instead of http, with or without the trailing slash, with or without www.',
  },
  'allow-methods-syntax': {
    meaning: 'Access-Control-Allow-Methods is no list of methods separated by commas.',
    first: 'Take out quotes, brackets and semicolons.',
  },
  'allow-headers-syntax': {
    meaning: 'Access-Control-Allow-Headers is no list of names separated by commas.',
    first: 'Take out quotes, brackets and semicolons.',
  },
  'method-not-allowed': {
    meaning: 'The preflight does not allow the method {value}. Methods are case-sensitive, and patch stays patch.',
    first: 'List the method in Access-Control-Allow-Methods.',
  },
  'header-not-allowed': {
    meaning: 'The page sets the request header {value}, and the preflight does not allow it.',
    first: 'List it in Access-Control-Allow-Headers, or do not set it. With credentials, * covers nothing.',
  },
  'redirect-credentials': {
    meaning: 'The server redirects to a URL with a user name in it.',
    first: 'Take the user name out of the Location.',
  },
  'embedded-credentials': {
    meaning: 'The URL holds a user name and a password, which browsers refuse to fetch.',
    first: 'Take them out of the URL.',
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
    first: 'Look for two rules that send the request to each other.',
  },
  'redirect-mode': { meaning: 'The page does not let this request be redirected.', first: 'Call the final URL.' },
  'redirect-body': { meaning: 'A streamed body cannot be sent again after a redirect.', first: 'Call the final URL.' },
  'scheme-not-http': {
    meaning: 'CORS is for http and https. A page from file: has no origin, and files cannot be fetched.',
    first: 'Serve the page from http://localhost.',
  },
  'same-origin-mode': {
    meaning: 'The page asks for mode "same-origin" (or is a file: page), and the URL is of another origin.',
    first: 'Write mode: "cors".',
  },
  'no-cors-redirect-mode': {
    meaning: 'mode: "no-cors" only goes with redirect: "follow".',
    first: 'Write mode: "cors".',
  },
  'resource-policy': {
    meaning: 'Cross-Origin-Resource-Policy keeps the resource from other sites. That is not CORS.',
    first: 'Send Cross-Origin-Resource-Policy: cross-origin, or load it with CORS.',
  },
  'bad-port': { meaning: 'Browsers never connect to this port.', first: 'Use another port, such as 8080.' },
  'network-error': {
    meaning:
      'No answer came at all: DNS, a refused connection, a certificate, a crashed server. Firefox calls this a CORS error, and it is not one.',
    first: 'Open the URL in a tab of its own, and look at what happens there.',
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
      'The page reads the response header {value}, and the response does not expose it. The response itself was shared.',
    first: 'List the name in Access-Control-Expose-Headers of the response. With credentials, * covers nothing.',
  },
  'refused-by-server': {
    meaning: "The server's own CORS layer refused this request: the origin, the method or a header is not on its list.",
    first: "Add the page's exact origin (scheme, host, port) to the list of the server, and start it again.",
  },
  'server-policy': {
    meaning: 'The server refuses its own CORS settings: any origin together with credentials.',
    first: 'List the origins that may send credentials, or switch credentials off.',
  },
  'cors-no-reason': {
    meaning: 'CORS blocked the response. The reason is not in this text.',
    first:
      'Copy the whole line: the reason stands behind "blocked by CORS policy:" or in "(Reason: …)". Or run the check, which finds it.',
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
