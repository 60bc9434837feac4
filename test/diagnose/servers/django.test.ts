import { expect, it } from 'vitest'
import { snippet } from '../../../src/diagnose.ts'
import { describeWith } from '../../support/component.ts'
import { findPythonModule } from '../../support/programs.ts'
import { ORIGIN } from '../stage.ts'
import { ask } from './apply.ts'
import { python } from './python.ts'
import { proves, type Row } from './row.ts'

const [django, corsheaders] = await Promise.all([
  findPythonModule('Django', 'django', 'apt-get install python3-django'),
  findPythonModule('django-cors-headers', 'corsheaders', 'apt-get install python3-django-cors-headers'),
])

/** Replaces the mistake by what was printed. */
const pasted = (settings: string) => python('django_app.py', JSON.stringify(settings))

const DJANGO: readonly Row[] = [
  {
    name: 'no CORS at all',
    start: () => python('django_app.py', 'bare'),
    pasted,
    path: '/items',
    finding: 'never-shared',
    target: 'django',
    isOurs: true,
  },
  {
    name: 'harvard-lil/capstone (2019): the redirect of a read carries no headers',
    start: () => python('django_app.py', 'bare'),
    path: '/slash',
    request: { headers: { Accept: 'application/json' } },
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'APPEND_SLASH',
    start: () => python('django_app.py', 'bare'),
    path: '/slash',
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'the CSRF check',
    start: () => python('django_app.py', 'bare'),
    path: '/items',
    request: { method: 'POST', body: 'x', send: true },
    finding: 'csrf-rejected',
    target: 'django',
    isOurs: true,
  },
]

const CORSHEADERS: readonly Row[] = [
  {
    name: 'CorsMiddleware below authentication',
    start: () => python('django_app.py', 'misordered'),
    pasted: (settings) => python('django_app.py', JSON.stringify(settings), 'authenticated'),
    path: '/items',
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'django',
    isOurs: true,
  },
  {
    name: 'an origin that is not listed',
    start: () => python('django_app.py', 'unlisted'),
    pasted,
    path: '/items',
    finding: 'origin-not-listed',
    target: 'django',
    isOurs: true,
  },
]

describeWith([django], 'corsmith check in front of Django', () => {
  it.each(DJANGO)('$name → $finding', proves)
})

describeWith([corsheaders], 'corsmith check in front of django-cors-headers', () => {
  it.each(CORSHEADERS)('$name → $finding', proves)

  it('shares once the printed settings of Django are pasted', async () => {
    const policy = { origins: [ORIGIN], credentials: true, methods: ['PUT'], requestHeaders: ['X-Tenant'], maxAge: 600 }
    const staged = await python('django_app.py', JSON.stringify(snippet('django', policy)))
    const { conclusion } = await ask(staged.origin, '/items', { credentials: 'include', headers: { 'X-Tenant': '1' } })
    await staged.close()
    expect(conclusion).toBe('allowed')
  })
})
