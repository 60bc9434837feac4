import type { BeyondCode, Meaning } from './template.ts'

/**
 * Meanings of lines that are mistaken for CORS, and of lines that only report a failure. `{value}`
 * is the text at fault.
 */
export const BEYOND_MEANINGS: Readonly<Record<BeyondCode, Meaning>> = {
  'no-reason': {
    meaning:
      'This line only says that the request failed. The reason stands in another line of the console; scripts never learn it.',
    first: 'Copy the line that says "blocked by CORS policy", "(Reason: …)" or "is not allowed by"; or run the check.',
  },
  'http-status': {
    meaning: 'The server answered with an error. Where no other line speaks of CORS, the page could read that answer.',
    first: 'Look into the log of the server: the status is the error.',
  },
  aborted: {
    meaning: 'The page itself ended the request: it left, reloaded, or called abort().',
    first: 'Look for a form that submits, a link that is followed, or an AbortController; then look for another line.',
  },
  'script-error': {
    meaning: 'A script from another origin threw an error, and the page may not see which.',
    first: 'Load the script with the crossorigin attribute, and let its server send Access-Control-Allow-Origin.',
  },
  'provisional-headers': {
    meaning:
      'The developer tools show headers that were never sent: the request was blocked, cached or is still waiting.',
    first: 'Look at the Status column of the request, and at the lines in red.',
  },
  'referrer-policy': {
    meaning:
      'strict-origin-when-cross-origin is the ordinary Referrer-Policy of browsers. It is no error, and blocks nothing.',
    first: 'Look at the Status column of the request, and at the console: the error is another line.',
  },
  'fetch-outside-browser': {
    meaning: 'A program outside of a browser could not reach the server ({value}). CORS is not enforced there.',
    first:
      'Look at the cause behind the message: the name, the port, the certificate, or localhost inside a container.',
  },
  'mixed-content': {
    meaning: 'An https page asked for http. Browsers block that before CORS is looked at.',
    first: 'Call the API over https.',
  },
  'content-security-policy': {
    meaning: "The page's own Content-Security-Policy forbids the connection. No header of the API changes that.",
    first:
      "Add the host to connect-src of the page's policy; for scripts, fonts, images and frames to their own directive.",
  },
  'report-only': {
    meaning: 'A Content-Security-Policy-Report-Only of the page complains. It blocks nothing.',
    first: 'Look for another line: this one changed nothing.',
  },
  'local-network': {
    meaning:
      'A page asked for something in a more private network, and the browser did not permit it. The address decides that, not Access-Control-Allow-Origin.',
    first:
      'Serve the page over https, and let the user allow access to the local network. Old Chrome also asked for Access-Control-Allow-Private-Network: true in the preflight.',
  },
  'blocked-by-extension': {
    meaning: 'An extension, a content blocker or a rule of the browser stopped the request. It never left.',
    first: 'Try a window without extensions; rename paths such as /ads or /track.',
  },
  'service-worker': {
    meaning: "The page's service worker answered with an opaque response, or with an error.",
    first: 'Let the service worker pass the request through; do not use mode: "no-cors" there.',
  },
  'opaque-response-blocking': {
    meaning:
      'A request without CORS (a script or image tag, mode "no-cors") asked for JSON or HTML, and the browser keeps that from the page.',
    first: 'Fetch it with CORS instead.',
  },
  'embedder-policy': {
    meaning: 'The page has Cross-Origin-Embedder-Policy, and the resource does not allow being embedded.',
    first: 'Send Cross-Origin-Resource-Policy: cross-origin, or load it with the crossorigin attribute.',
  },
  'opener-policy': {
    meaning: 'Cross-Origin-Opener-Policy parts the window from the one that opened it. Requests are not concerned.',
    first:
      'For a sign-in window send Cross-Origin-Opener-Policy: same-origin-allow-popups; as a warning it can be ignored.',
  },
  'cross-origin-isolation': {
    meaning: 'The page is not cross-origin isolated, and SharedArrayBuffer needs that.',
    first:
      'Serve the page with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.',
  },
  'cleartext-blocked': {
    meaning: 'The system of the phone forbids http to apps. The request never left.',
    first:
      'Call the API over https, or permit this host in the network security configuration or App Transport Security.',
  },
  'worker-origin': {
    meaning: 'A worker has to come from the origin of its page. No CORS header of the server changes that.',
    first: "Serve the script from the page's own origin, or start a worker from a blob: that calls importScripts().",
  },
  'tainted-canvas': {
    meaning: 'An image or video of another origin was drawn without CORS, so its pixels may not be read.',
    first:
      'Set crossOrigin = "anonymous" before src, and let the server of the image send Access-Control-Allow-Origin.',
  },
  'frame-access': {
    meaning:
      'A script reached into a window, a frame or a style sheet of another origin. The same-origin policy forbids that; CORS has no say.',
    first: 'Let the two windows talk through postMessage(); load style sheets with the crossorigin attribute.',
  },
  'frame-refused': {
    meaning: 'The other site does not let itself be framed (X-Frame-Options or frame-ancestors).',
    first: 'Change that header on the framed site, or open it in a window of its own.',
  },
  'post-message': {
    meaning: 'postMessage() names a target origin, and the window holds a page of another one.',
    first: 'Name the origin that the window really has, and send after it has loaded.',
  },
  'script-type': {
    meaning:
      'The server sent another content type than a script or style sheet needs: most often an HTML page in the place of the file.',
    first: 'Open the URL in a tab: if it shows the start page, the path or the base of the build is wrong.',
  },
  'event-source-type': {
    meaning: 'EventSource got another content type than text/event-stream ({value}).',
    first: 'Open the URL in a tab: it is often a login or error page. Otherwise send Content-Type: text/event-stream.',
  },
  websocket: {
    meaning:
      'A WebSocket could not be opened. CORS does not apply to WebSockets; the server decides by itself about the origin.',
    first:
      "Look at the status of the handshake: 403 is the server's own list of origins, 400, 404 and 502 a proxy without Upgrade.",
  },
  'subresource-integrity': {
    meaning:
      'The integrity attribute does not fit the file, or cannot be checked because the file was loaded without CORS.',
    first: 'Set the crossorigin attribute, let the server of the file allow it, and renew the hash.',
  },
  'cookie-blocked': {
    meaning: 'The browser kept a cookie or storage from a page of another site. The request itself was made.',
    first:
      'Set the cookie with SameSite=None; Secure, and expect that third-party cookies can be blocked; or use one site.',
  },
  'csrf-check': {
    meaning: 'The server suspects a forged request. This protection has a list of its own, apart from CORS.',
    first:
      'Add the origin of the page to the trusted origins (CSRF_TRUSTED_ORIGINS, allowedOrigins), and send the token.',
  },
  'host-check': {
    meaning: 'The development server or framework does not know the name under which it was called ({value}).',
    first:
      'Add the name to allowedHosts (Vite, webpack), config.hosts (Rails), ALLOWED_HOSTS (Django) or allowedDevOrigins (Next.js).',
  },
  'origin-not-registered': {
    meaning: 'The sign-in provider does not know the origin of the page. That list is not CORS.',
    first: 'Register the exact origin (scheme, host, port) with the provider.',
  },
  'forbidden-header': {
    meaning:
      'Scripts may not set the request header {value}; the browser writes it itself. The request goes out without it.',
    first: 'Do not set it. Access-Control-* headers belong into the response of the server.',
  },
  'method-forbidden': {
    meaning: 'fetch() never sends this method ({value}): CONNECT, TRACE and TRACK are forbidden.',
    first: 'Use another method.',
  },
  'invalid-response': {
    meaning: 'The response could not be used; it did not come from the network.',
    first: 'Look for a service worker.',
  },
}
