import { it } from 'vitest'
import { describeWith } from '../../support/component.ts'
import { findPythonModule } from '../../support/programs.ts'
import { python } from './python.ts'
import { PUT, proves, type Row } from './row.ts'

const [flask, flaskCors] = await Promise.all([
  findPythonModule('Flask', 'flask', 'apt-get install python3-flask'),
  findPythonModule('Flask-CORS', 'flask_cors', 'apt-get install python3-flask-cors'),
])

const FLASK: readonly Row[] = [
  {
    name: 'OPTIONS answered by the router',
    start: () => python('flask_app.py'),
    path: '/plain',
    request: PUT,
    finding: 'options-answered-by-router',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'strict slashes',
    start: () => python('flask_app.py'),
    path: '/slash',
    request: PUT,
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'rwth-iat/basyx-python-sdk (2024): Werkzeug redirects a read for a slash, without headers',
    start: () => python('flask_app.py'),
    path: '/slash',
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: false,
  },
  {
    name: '* with credentials',
    start: () => python('flask_app.py'),
    path: '/wildcard',
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'an exception',
    start: () => python('flask_app.py'),
    path: '/throws',
    finding: 'handler-threw',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'the True of Python',
    start: () => python('flask_app.py'),
    path: '/true',
    request: { credentials: 'include' },
    finding: 'allow-credentials-value',
    target: 'flask',
    isOurs: true,
  },
]

/** Replaces the mistake by what was printed. */
const pasted = (snippet: string) => python('flask_cors_app.py', JSON.stringify(snippet))

const FLASK_CORS: readonly Row[] = [
  {
    name: 'before_request asks for credentials, and Flask-CORS marks the refusal',
    start: () => python('flask_cors_app.py', 'guarded'),
    path: '/items',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'flask',
    isOurs: false,
  },
  {
    name: 'strict slashes',
    start: () => python('flask_cors_app.py', 'no-credentials'),
    path: '/slash',
    request: PUT,
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: true,
  },
  {
    name: 'resources that do not match the path',
    start: () => python('flask_cors_app.py', 'resources'),
    pasted,
    path: '/items',
    finding: 'never-shared',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'resources that do not match the path, and a preflight',
    start: () => python('flask_cors_app.py', 'resources'),
    pasted,
    path: '/items',
    request: PUT,
    finding: 'options-answered-by-router',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'without supports_credentials',
    start: () => python('flask_cors_app.py', 'no-credentials'),
    pasted,
    path: '/items',
    request: { credentials: 'include' },
    finding: 'allow-credentials-missing',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'the default * with credentials',
    start: () => python('flask_cors_app.py', 'wildcard'),
    pasted,
    path: '/items',
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'an origin with a trailing slash',
    start: () => python('flask_cors_app.py', 'slash'),
    pasted,
    path: '/items',
    finding: 'origin-trailing-slash',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'an origin that is not listed',
    start: () => python('flask_cors_app.py', 'unlisted'),
    pasted,
    path: '/items',
    finding: 'origin-not-listed',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'allow_headers without X-Tenant',
    start: () => python('flask_cors_app.py', 'headers'),
    pasted,
    path: '/items',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'header-not-listed',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'methods without PUT',
    start: () => python('flask_cors_app.py', 'methods'),
    pasted,
    path: '/items',
    request: PUT,
    finding: 'method-not-listed',
    target: 'flask',
    isOurs: true,
  },
  {
    name: 'cross_origin without automatic_options',
    start: () => python('flask_cors_app.py', 'decorated'),
    pasted,
    path: '/decorated',
    request: PUT,
    finding: 'options-answered-by-router',
    target: 'flask',
    isOurs: true,
  },
]

describeWith([flask], 'corsmith check in front of Flask', () => {
  it.each(FLASK)('$name → $finding', proves)
})

describeWith([flaskCors], 'corsmith check in front of Flask-CORS', () => {
  it.each(FLASK_CORS)('$name → $finding', proves)
})
