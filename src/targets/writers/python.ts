import type { Can, Fitted } from '../can.ts'
import { exposedNames, headerNames } from '../header-values.ts'
import { anyOf, EVERY_KIND, escapeRegExp } from '../origin-regex.ts'
import { indent, list, pythonRaw, single } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

const PYTHON: Can = {
  origins: EVERY_KIND,
  quoting: 'any',
  anyMethod: 'never',
  anyHeader: 'all',
  headerPatterns: false,
  exposedPatterns: false,
  credentials: 'as-said',
  timing: false,
}

function bool(flag: boolean): string {
  return flag ? 'True' : 'False'
}

export const flask: ForeignTarget<'flask'> = foreign({
  name: 'flask',
  title: 'Flask',
  kind: 'code',
  language: 'python',
  install: 'pip install flask-cors',
  where:
    'Right below app = Flask(…), above every blueprint and before_request. A before_request that asks for a login would answer the preflight first, so the preflight is answered at the head of that list.',
  removes: 'Remove every other CORS(…), @cross_origin, and Access-Control-… that views or after_request functions set.',
  proof: 'run',
  can: { ...PYTHON, anyHeader: 'always', headerPatterns: true, methods: 'upper-case' },
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, maxAge } = policy
    const patterns = origins.map(({ regex }) => `re.compile(${pythonRaw(regex)})`)
    return `import re

from flask import request
from flask_cors import CORS

CORS(
    app,
    origins=${anyOrigin ? "'*'" : `[${patterns.join(', ')}]`},
    methods=[${list(methods, single)}],
    allow_headers=[${flaskHeaders(policy).join(', ')}],
    expose_headers=[${list(exposedNames(policy), single)}],
    supports_credentials=${bool(credentials)},
    max_age=${maxAge ?? 'None'},
    ${anyOrigin ? 'send_wildcard=True' : 'always_send=False'},
    vary_header=False,
)


def answer_preflight():
    if request.method == 'OPTIONS' and 'Access-Control-Request-Method' in request.headers:
        return '', ${policy.status}


app.before_request_funcs.setdefault(None, []).insert(0, answer_preflight)


@app.after_request
def leave_cors_to_the_above(response):  # it runs before what CORS(…) registered
    for name in [name for name in response.headers.keys() if name.title().startswith('Access-Control-')]:
        response.headers.pop(name, None)
    vars(response).pop('_FLASK_CORS_EVALUATED', None)  # what @cross_origin leaves: CORS(…) would skip the answer${anyOrigin ? '' : "\n    response.vary.add('Origin')"}
    return response`
  },
})

function flaskHeaders({ anyHeader, requestHeaders, headerPrefixes }: Fitted): readonly string[] {
  const isListed = requestHeaders.some((name) => name.toLowerCase() === 'authorization')
  if (anyHeader) return [isListed ? "'*'" : "re.compile(r'(?!authorization$).', re.IGNORECASE)"]
  return [
    // Flask-CORS reads a name with one of these characters as an expression.
    ...requestHeaders.map((name) =>
      /[*^$]/.test(name) ? `re.compile(${pythonRaw(`^${escapeRegExp(name)}$`)}, re.IGNORECASE)` : single(name),
    ),
    ...headerPrefixes.map((name) => `re.compile(${pythonRaw(`${escapeRegExp(name)}.`)}, re.IGNORECASE)`),
  ]
}

export const django: ForeignTarget<'django'> = foreign({
  name: 'django',
  title: 'Django',
  kind: 'code',
  language: 'python',
  install: 'pip install django-cors-headers',
  where:
    'At the end of settings.py. CorsMiddleware has to be first in MIDDLEWARE: above authentication, sessions, CSRF and CommonMiddleware, which may all answer before it.',
  removes:
    'Remove the older CORS_… settings and the second CorsMiddleware, and every response["Access-Control-…"] in views: for strangers those stay as they are.',
  proof: 'run',
  can: { ...PYTHON, anyMethod: 'without-credentials', anyHeader: 'without-credentials', leastAge: 1 },
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyMethod, maxAge } = policy
    return `INSTALLED_APPS = ['corsheaders', *(app for app in INSTALLED_APPS if app != 'corsheaders')]
CORS_MIDDLEWARE = 'corsheaders.middleware.CorsMiddleware'
MIDDLEWARE = [CORS_MIDDLEWARE, *(name for name in MIDDLEWARE if name != CORS_MIDDLEWARE)]
CORS_ALLOW_ALL_ORIGINS = ${bool(anyOrigin)}
CORS_ALLOWED_ORIGINS = []
CORS_ALLOWED_ORIGIN_REGEXES = [${origins.map(({ regex }) => pythonRaw(regex)).join(', ')}]
CORS_ALLOW_CREDENTIALS = ${bool(credentials)}
CORS_ALLOW_METHODS = [${anyMethod ? "'*'" : list(methods, single)}]
CORS_ALLOW_HEADERS = [${list(headerNames(policy), single)}]
CORS_EXPOSE_HEADERS = [${list(exposedNames(policy), single)}]
CORS_PREFLIGHT_MAX_AGE = ${maxAge ?? 5}
CORS_URLS_REGEX = r'^.*$'`
  },
})

export const fastapi: ForeignTarget<'fastapi'> = foreign({
  name: 'fastapi',
  title: 'FastAPI',
  kind: 'code',
  language: 'python',
  where:
    'Below every other add_middleware and exception_handler of the module: the last one that is added is the outermost, and has to be this one.',
  removes: 'Remove every other CORSMiddleware. What routes and dependencies set of Access-Control-… is dropped here.',
  note: 'app stays the FastAPI application, so that "fastapi run" finds it.',
  proof: 'run',
  can: PYTHON,
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyHeader, requestHeaders, maxAge } = policy
    const isPlain = ({ kind }: { kind: string }) => kind === 'exact' || kind === 'app'
    const exact = origins.filter(isPlain).map(({ text }) => text)
    const patterns = origins.filter((origin) => !isPlain(origin))
    const lists = [
      `allow_origins=[${anyOrigin ? "'*'" : list(exact, single)}],`,
      ...(patterns.length > 0 ? [`allow_origin_regex=${pythonRaw(anyOf(patterns))},`] : []),
      `allow_methods=[${list(methods, single)}],`,
      `allow_headers=[${anyHeader ? "'*'" : list(requestHeaders, single)}],`,
      `expose_headers=[${list(exposedNames(policy), single)}],`,
      `allow_credentials=${bool(credentials)},`,
      `max_age=${maxAge ?? 5},`,
    ]
    // Starlette adds four names to every list. Content-Type is one of them, and a policy may not
    // allow it.
    const isStrict = !anyHeader && !requestHeaders.some((name) => name.toLowerCase() === 'content-type')
    const names = ['Accept', 'Accept-Language', 'Content-Language', ...requestHeaders]
    const strict = `
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        names = [${list(names, single)}]  # without Content-Type, which it adds
        self.allow_headers = [name.lower() for name in names]
        self.preflight_headers['Access-Control-Allow-Headers'] = ', '.join(names)
`
    const quiet = `
        async def quiet(message):  # nothing but Vary to strangers
            if message['type'] == 'http.response.start':
                headers = MutableHeaders(raw=message['headers'])
                if 'Access-Control-Allow-Origin' not in headers:
                    for name in [name for name in headers.keys() if name.title().startswith('Access-Control-')]:
                        del headers[name]
                if 'origin' not in ', '.join(headers.getlist('Vary')).lower():
                    headers.append('Vary', 'Origin')
            await send(message)
`
    return `from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import MutableHeaders
from starlette.middleware.errors import ServerErrorMiddleware


class OnlyOurCors:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def clean(message):
            if message['type'] == 'http.response.start':
                headers = message.get('headers', [])
                message['headers'] = [line for line in headers if not line[0].title().startswith(b'Access-Control-')]
            await send(message)

        await self.app(scope, receive, clean)


class Cors(CORSMiddleware):${isStrict ? strict : ''}
    async def __call__(self, scope, receive, send):${quiet}
        await super().__call__(scope, receive, quiet)


app.add_middleware(ServerErrorMiddleware, handler=app.exception_handlers.get(Exception))  # so that errors carry the headers
app.add_middleware(OnlyOurCors)
app.add_middleware(
    Cors,
    ${indent(lists.join('\n'), '    ')}
)`
  },
})
