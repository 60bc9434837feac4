import { bodyHas, type Evidence, field, fieldHas, linesOf, statusOf } from '../evidence.ts'
import { body, both, header, isPlain, type Signs } from './sign.ts'

/** Frameworks: their error pages, cookies and headers. */
export const APPLICATIONS: readonly Signs[] = [
  ['next', 4, 'X-Powered-By: Next.js', header('X-Powered-By', /next\.js/i)],
  ['next', 4, 'X-Nextjs-Cache', header('X-Nextjs-Cache')],
  [
    'nestjs',
    5,
    'the error format of Nest',
    body(/^\{"message":"Cannot [A-Z]+ [^"]*","error":"Not Found","statusCode":404\}/),
  ],
  ['express', 3, 'X-Powered-By: Express', header('X-Powered-By', /express/i)],
  ['express', 3, 'the 404 page of Express', body(/<pre>Cannot [A-Z]+ \//)],
  ['fastify', 4, 'the 404 of Fastify', body(/^\{"message":"Route [A-Z]+:[^"]* not found"/)],
  [
    'socketio',
    6,
    'the handshake of Engine.IO',
    body(
      /^\{"code":\d,"message":"(Transport unknown|Session ID unknown|Bad handshake method|Bad request|Forbidden|Unsupported protocol version)"/,
    ),
  ],
  ['koa', 3, 'the session cookie of Koa', header('Set-Cookie', /^koa[.:]sess/)],
  ['hono', 3, 'the 404 of Hono', both(body(/^404 Not Found$/), isPlain)],
  ['elysia', 3, 'the 404 of Elysia', body(/^NOT_FOUND$/)],
  [
    'h3',
    3,
    'the error format of h3',
    body(
      /"Cannot find any route matching \[|^\{\s*"error":\s*true,\s*"url":.*"statusCode":|^\{"status":\d{3},"unhandled":true/s,
    ),
  ],
  ['sveltekit', 3, 'X-SvelteKit-Page', header('X-SvelteKit-Page')],
  ['flask', 3, 'Server: Werkzeug', header('Server', /werkzeug/i)],
  [
    'flask',
    3,
    'the 404 page of Werkzeug',
    body(/The requested URL was not found on the server\. If you entered the URL manually/),
  ],
  ['django', 3, 'Server: WSGIServer', header('Server', /wsgiserver/i)],
  [
    'django',
    3,
    'a cookie or form field of its CSRF check',
    (o) => fieldHas(o, 'Set-Cookie', /\bcsrftoken=/) || bodyHas(o, /csrfmiddlewaretoken/),
  ],
  [
    'django',
    3,
    'an error page of Django',
    body(
      /DisallowedHost|Django|CSRF verification failed\. Request aborted|<p>The requested resource was not found on this server\.<\/p>|<h1>Server Error \(500\)<\/h1>/,
    ),
  ],
  [
    'django',
    3,
    'the headers of SecurityMiddleware',
    both(
      header('Referrer-Policy', /^same-origin$/),
      header('Cross-Origin-Opener-Policy', /^same-origin$/),
      header('X-Content-Type-Options', /nosniff/i),
    ),
  ],
  [
    'django',
    4,
    'an error of Django REST framework',
    body(
      /^\{"detail":\s?"(Authentication credentials were not provided\.|Invalid token\.?|Invalid token header\.|Invalid username\/password\.|Method \\"|CSRF Failed|You do not have permission|No [A-Z]\w+ matches|Given token not valid)/,
    ),
  ],
  ['fastapi', 2, 'Server: uvicorn', header('Server', /uvicorn|hypercorn/i)],
  ['fastapi', 2, 'the 404 of FastAPI', body(/^\{"detail":"(Not Found|Method Not Allowed)"\}$/)],
  ['fastapi', 3, 'an error of FastAPI', body(/^\{"detail":(\[\{"type":|"Not authenticated"\})/)],
  [
    'fastapi',
    1,
    'an error in the words of Starlette',
    both(isPlain, body(/^(Not Found|Internal Server Error|Disallowed CORS|OK$)/)),
  ],
  ['spring', 4, 'an error page of Spring Boot', body(/Whitelabel Error Page|"timestamp":.*"status":.*"path":/s)],
  ['spring', 3, 'the refusal of Spring', body(/Invalid CORS request/)],
  [
    'spring',
    3,
    'the headers of Spring Security',
    both(header('Cache-Control', /^no-cache, no-store, max-age=0, must-revalidate$/), header('Expires', /^0$/)),
  ],
  ['spring', 1, 'the session cookie of a servlet container', header('Set-Cookie', /JSESSIONID/)],
  [
    'spring',
    2,
    'Vary as Spring MVC writes it',
    (o) => linesOf(o, 'Vary').join() === 'Origin,Access-Control-Request-Method,Access-Control-Request-Headers',
  ],
  ['rails', 3, 'X-Runtime beside X-Request-Id', both(header('X-Runtime'), header('X-Request-Id'))],
  ['rails', 3, 'X-Rack-CORS', header('X-Rack-CORS')],
  [
    'rails',
    3,
    'an error page of Rails',
    body(
      /ActionController::|Action Controller: Exception|The page you were looking for doesn't exist|We're sorry, but something went wrong/,
    ),
  ],
  ['rails', 2, 'Server: Puma or Passenger', header('Server', /puma|passenger/i)],
  ['rails', 1, 'X-Runtime', header('X-Runtime')],
  ['laravel', 5, 'a cookie of Laravel', header('Set-Cookie', /laravel_session|XSRF-TOKEN=ey/)],
  [
    'laravel',
    5,
    'an error of Laravel',
    body(
      /Laravel|Illuminate\\|"message":\s*"The route .* could not be found\."|"message":\s*"Unauthenticated\."|<title>Page Expired<\/title>/,
    ),
  ],
  ['php', 4, 'X-Powered-By: PHP', header('X-Powered-By', /^php|, ?php/i)],
  ['php', 3, 'the session cookie of PHP', header('Set-Cookie', /PHPSESSID/)],
  ['php', 3, 'a message of PHP', body(/<b>(Warning|Fatal error|Notice|Parse error|Deprecated)<\/b>: .* in <b>/s)],
  ['php', 3, 'a link of WordPress', header('Link', /rel="https:\/\/api\.w\.org\/"/)],
  ['aspnet', 3, 'Server: Kestrel', header('Server', /kestrel/i)],
  [
    'aspnet',
    3,
    'the error format of ASP.NET Core',
    body(/^\{"type":"https:\/\/tools\.ietf\.org\/html\/rfc\d+#.*"traceId":/s),
  ],
  ['aspnet', 3, 'a cookie of ASP.NET Core', header('Set-Cookie', /^\.AspNetCore\./)],
  [
    'iis',
    4,
    'X-AspNet-Version',
    (o) => field(o, 'X-AspNet-Version') !== null || field(o, 'X-AspNetMvc-Version') !== null,
  ],
  ['iis', 3, 'an error of ASP.NET Web API', body(/No HTTP resource was found that matches the request URI/)],
  ['go', 3, 'the 404 of Go', (o) => statusOf(o) === 404 && both(isPlain, body(/^404 page not found\s*$/))(o), isRouted],
  ['go', 3, 'the 404 of Fiber', both(isPlain, body(/^Cannot [A-Z]+ \//))],
]

/** Returns whether any answer is not a 404. A gateway without routes answers only 404. */
function isRouted({ observations }: Evidence): boolean {
  return observations.some((each) => each.response !== null && statusOf(each) !== 404)
}
