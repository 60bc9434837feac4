import { expect, it } from 'vitest'
import { snippet } from '../../../src/diagnose.ts'
import { describeWith } from '../../support/component.ts'
import { findPythonModule } from '../../support/programs.ts'
import { ORIGIN } from '../stage.ts'
import { ask } from './apply.ts'
import { python } from './python.ts'
import { PUT, proves, type Row } from './row.ts'

const [fastapi, uvicorn] = await Promise.all([
  findPythonModule('FastAPI', 'fastapi', 'apt-get install python3-fastapi'),
  findPythonModule('uvicorn', 'uvicorn', 'apt-get install python3-uvicorn'),
])

/** Puts what was printed around the application. */
const pasted = (snippet: string) => python('fastapi_app.py', JSON.stringify(snippet))

const FASTAPI: readonly Row[] = [
  {
    name: 'pincerhq/pincer (2026): the guard was added after the CORS middleware, and runs first',
    start: () => python('fastapi_app.py', 'guarded'),
    path: '/items',
    request: { headers: { Authorization: 'Bearer good' } },
    finding: 'preflight-needs-auth',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'waza-ari/fastapi-keycloak-middleware (2024): the same for a token of Keycloak, and PUT',
    start: () => python('fastapi_app.py', 'guarded'),
    path: '/items',
    request: { method: 'PUT', headers: { Authorization: 'Bearer good' } },
    finding: 'preflight-needs-auth',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'fastapi/fastapi (2021): the 401 of a middleware outside of CORS has no headers',
    start: () => python('fastapi_app.py', 'guarded-but-options'),
    path: '/items',
    request: { headers: { Authorization: 'Bearer bad' } },
    finding: 'auth-unmarked',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'kugel-masa/kugelpos-backend (2026): an unhandled 500 leaves outside of every middleware',
    start: () => python('fastapi_app.py', 'right'),
    path: '/throws',
    finding: 'handler-threw',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'conda-incubator/conda-store (2022): the redirect for a slash, before the preflight',
    start: () => python('fastapi_app.py', 'bare'),
    path: '/slash',
    request: { method: 'PUT' },
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'no CORS at all',
    start: () => python('fastapi_app.py', 'bare'),
    pasted,
    path: '/items',
    finding: 'never-shared',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'OPTIONS without CORSMiddleware',
    start: () => python('fastapi_app.py', 'bare'),
    pasted,
    path: '/items',
    request: PUT,
    finding: 'options-not-routed',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'an origin that is not listed',
    start: () => python('fastapi_app.py', 'unlisted'),
    pasted,
    path: '/items',
    request: PUT,
    finding: 'origin-refused-with-error',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'allow_headers without X-Tenant',
    start: () => python('fastapi_app.py', 'headers'),
    pasted,
    path: '/items',
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'preflight-refused-by-list',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'allow_methods without PUT',
    start: () => python('fastapi_app.py', 'methods'),
    pasted,
    path: '/items',
    request: PUT,
    finding: 'preflight-refused-by-list',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'an exception outside the middleware',
    start: () => python('fastapi_app.py', 'right'),
    pasted,
    path: '/throws',
    finding: 'handler-threw',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'redirect_slashes',
    start: () => python('fastapi_app.py', 'bare'),
    path: '/slash',
    request: PUT,
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: false,
  },
]

describeWith([fastapi, uvicorn], 'corsmith check in front of FastAPI', () => {
  it('prints what leaves the app an app: routes below it work, and share', async () => {
    const policy = { origins: [ORIGIN], credentials: true }
    const staged = await pasted(snippet('fastapi', policy) ?? '')
    const { conclusion, findings } = await ask(staged.origin, '/below', { credentials: 'include' })
    await staged.close()
    expect([conclusion, findings.filter(({ severity }) => severity === 'error')]).toEqual(['allowed', []])
  })

  it.each(FASTAPI)('$name → $finding', proves)
})
