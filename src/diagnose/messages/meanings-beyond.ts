import type { BeyondCode, Meaning } from './template.ts'

/**
 * Meanings of lines that are mistaken for CORS, and of lines that only report a failure. `{value}`
 * is the text at fault.
 */
export const BEYOND_MEANINGS: Readonly<Record<BeyondCode, Meaning>> = {
  'no-reason': {
    meaning:
      'This line only says that the request failed. The reason is in another line of the console; scripts cannot read it.',
    first: 'Copy the line that says "blocked by CORS policy", "(Reason: …)" or "is not allowed by"; or run the check.',
  },
  'http-status': {
    meaning: 'The server answered with an error. If no other line mentions CORS, the page could read that answer.',
    first: 'Read the server log: the status is the error.',
  },
  aborted: {
    meaning: 'The page itself ended the request: it left, reloaded, or called abort().',
    first: 'Look for a form that submits, a link that is followed, or an AbortController; then look for another line.',
  },
  'script-error': {
    meaning: 'A script from another origin threw an error, and the page may not see the details.',
    first: 'Load the script with the crossorigin attribute, and let its server send Access-Control-Allow-Origin.',
  },
  'provisional-headers': {
    meaning:
      'The developer tools show headers that were never sent: the request was blocked, cached or is still waiting.',
    first: 'Look at the Status column of the request, and at the lines in red.',
  },
  'referrer-policy': {
    meaning:
      'strict-origin-when-cross-origin is the default Referrer-Policy of browsers. It is not an error and blocks nothing.',
    first: 'Look at the Status column of the request, and at the console: the error is another line.',
  },
  'fetch-outside-browser': {
    meaning:
      'A program other than a browser could not reach the server ({value}). Such a program does not enforce CORS.',
    first: 'Look for the cause: the host name, the port, the certificate, or localhost inside a container.',
  },
  'mixed-content': {
    meaning: 'An https page requested an http URL. Browsers block this before they check CORS.',
    first: 'Call the API over https.',
  },
  'content-security-policy': {
    meaning: "The page's own Content-Security-Policy forbids the connection. No header of the API changes that.",
    first:
      "Add the host to connect-src of the page's policy; for scripts, fonts, images and frames to their own directive.",
  },
  'report-only': {
    meaning: 'A Content-Security-Policy-Report-Only of the page reports this. It blocks nothing.',
    first: 'Look for another line. This one had no effect.',
  },
  'local-network': {
    meaning:
      'A page sent a request to a more private network, and the browser blocked it. The address decides this, not Access-Control-Allow-Origin.',
    first:
      'Serve the page over https, and let the user allow access to the local network. Old Chrome also asked for Access-Control-Allow-Private-Network: true in the preflight.',
  },
  'blocked-by-extension': {
    meaning: 'An extension, a content blocker or a rule of the browser stopped the request before it was sent.',
    first: 'Try a window without extensions; rename paths such as /ads or /track.',
  },
  'service-worker': {
    meaning: "The page's service worker answered with an opaque response, or with an error.",
    first: 'Let the service worker pass the request through, without mode: "no-cors".',
  },
  'opaque-response-blocking': {
    meaning:
      'A request without CORS (a script or image tag, mode "no-cors") requested JSON or HTML, and the browser hides this from the page.',
    first: 'Fetch it with CORS instead.',
  },
  'embedder-policy': {
    meaning: 'The page has Cross-Origin-Embedder-Policy, and the resource does not allow embedding.',
    first: 'Send Cross-Origin-Resource-Policy: cross-origin, or load it with the crossorigin attribute.',
  },
  'opener-policy': {
    meaning:
      'Cross-Origin-Opener-Policy separates the window from the window that opened it. It does not affect requests.',
    first:
      'For a sign-in window, send Cross-Origin-Opener-Policy: same-origin-allow-popups. You can ignore a mere warning.',
  },
  'cross-origin-isolation': {
    meaning: 'The page is not cross-origin isolated, and SharedArrayBuffer needs that.',
    first:
      'Serve the page with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.',
  },
  'cleartext-blocked': {
    meaning: 'The operating system of the phone forbids http for apps. The request was not sent.',
    first:
      'Call the API over https, or permit this host in the network security configuration or App Transport Security.',
  },
  'worker-origin': {
    meaning: 'A worker must come from the origin of its page. CORS headers do not change that.',
    first: "Serve the script from the page's own origin, or start a worker from a blob: that calls importScripts().",
  },
  'tainted-canvas': {
    meaning: 'An image or video of another origin was drawn without CORS, so its pixels may not be read.',
    first:
      'Set crossOrigin = "anonymous" before src, and let the server of the image send Access-Control-Allow-Origin.',
  },
  'frame-access': {
    meaning:
      'A script accessed a window, a frame or a style sheet of another origin. The same-origin policy forbids that, and CORS does not apply.',
    first: 'Let the two windows communicate through postMessage(). Load style sheets with the crossorigin attribute.',
  },
  'frame-refused': {
    meaning: 'The other site does not allow framing (X-Frame-Options or frame-ancestors).',
    first: 'Change that header on the framed site, or open the site in a new window.',
  },
  'post-message': {
    meaning: 'postMessage() names a target origin, but the page in the window has another one.',
    first: 'Name the actual origin of the window, and send the message after it has loaded.',
  },
  'script-type': {
    meaning:
      'The server sent another content type than a script or style sheet needs: most often an HTML page instead of the file.',
    first: 'Open the URL in a tab: if it shows the start page, the path or the base of the build is wrong.',
  },
  'event-source-type': {
    meaning: 'EventSource got another content type than text/event-stream ({value}).',
    first: 'Open the URL in a tab: it is often a login or error page. Otherwise send Content-Type: text/event-stream.',
  },
  websocket: {
    meaning: 'A WebSocket could not be opened. CORS does not apply to WebSockets; the server itself checks the origin.',
    first:
      "Look at the status of the handshake: 403 is the server's own list of origins, 400, 404 and 502 a proxy without Upgrade.",
  },
  'subresource-integrity': {
    meaning:
      'The integrity attribute does not match the file, or cannot be checked because the file was loaded without CORS.',
    first: 'Set the crossorigin attribute, let the server of the file allow it, and update the hash.',
  },
  'cookie-blocked': {
    meaning: 'The browser blocked a cookie or storage of another site. The request itself was sent.',
    first:
      'Set the cookie with SameSite=None; Secure, and expect that third-party cookies can be blocked; or use one site.',
  },
  'csrf-check': {
    meaning: 'The server suspects a forged request. This protection has its own list, separate from CORS.',
    first:
      'Add the origin of the page to the trusted origins (CSRF_TRUSTED_ORIGINS of Django, trustedOrigins of SvelteKit and Better Auth, allowedOrigins of Next.js, security.allowedDomains of Astro), and send the token, if there is one.',
  },
  'host-check': {
    meaning: 'The development server or framework does not accept the host name of the request ({value}).',
    first:
      'Add the name to allowedHosts (Vite, webpack), config.hosts (Rails), ALLOWED_HOSTS (Django) or allowedDevOrigins (Next.js).',
  },
  'origin-not-registered': {
    meaning: 'The sign-in provider does not list the origin of the page. This list is not CORS.',
    first: 'Register the exact origin (scheme, host, port) with the provider.',
  },
  'forbidden-header': {
    meaning:
      "Scripts may not set the request header {value}; the browser sets it. The request is sent without the script's value.",
    first: 'Do not set it. Access-Control-* headers belong in the response of the server.',
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
