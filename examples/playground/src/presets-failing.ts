import { APP, JSON_TYPE, type Preset, preset } from './preset.ts'

/** What people do by mistake. */
export const FAILING: readonly Preset[] = [
  preset(
    'put-not-listed',
    'Blocked',
    'PUT is not in the policy',
    { origins: [APP], requestHeaders: ['Content-Type'] },
    { method: 'PUT', headers: JSON_TYPE },
  ),
  preset(
    'lower-case',
    'Blocked',
    'A method in lower case',
    { origins: [APP], methods: ['PATCH'] },
    { method: 'patch' },
  ),
  preset(
    'json-not-listed',
    'Blocked',
    'JSON needs Content-Type',
    { origins: [APP] },
    { method: 'POST', headers: JSON_TYPE },
  ),
  preset(
    'credentials-missing',
    'Blocked',
    'The page sends cookies, the policy does not know',
    { origins: [APP], methods: ['PUT'] },
    { method: 'PUT', credentials: 'include' },
  ),
  preset('star-cookies', 'Blocked', '"*" and a page with cookies', { origins: '*' }, { credentials: 'include' }),
  preset(
    'www',
    'Blocked',
    'www is another origin',
    { origins: ['https://example.com'] },
    { origin: 'https://www.example.com' },
  ),
  preset(
    'stranger',
    'Blocked',
    "A stranger's page",
    { origins: [APP], refused: 'forbid' },
    { origin: 'https://stranger.example', method: 'POST' },
  ),
  preset(
    'all-at-once',
    'Blocked',
    'Nothing is allowed yet',
    { origins: ['http://localhost:*'] },
    {
      method: 'PATCH',
      headers: `${JSON_TYPE}\nAuthorization: Bearer t\nX-Tenant: 7`,
      credentials: 'include',
      reads: 'ETag',
      answer: `${JSON_TYPE}\nETag: "7"`,
    },
  ),
  preset('file', 'Blocked', 'A page opened from a file', { origins: [APP] }, { origin: 'null' }),
  preset(
    'not-exposed',
    'Surprises',
    'A header that reads as null',
    { origins: [APP] },
    { reads: 'ETag', answer: `${JSON_TYPE}\nETag: "33a64df5"` },
  ),
  preset(
    'error',
    'Surprises',
    'A 500 is shared, and can be read',
    { origins: [APP] },
    { status: '500', answer: 'Content-Type: text/plain' },
  ),
  preset(
    'authorization-star',
    'Surprises',
    '"*" covers Authorization, for now',
    { origins: [APP], requestHeaders: '*' },
    { headers: 'Authorization: Bearer t' },
  ),
  preset('no-cors', 'Surprises', 'mode: "no-cors" does not help', { origins: [APP] }, { mode: 'no-cors' }),
  preset(
    'handler',
    'Surprises',
    'A handler that sets its own header',
    { origins: [APP] },
    {
      origin: 'https://stranger.example',
      answer: `${JSON_TYPE}\nAccess-Control-Allow-Origin: *`,
    },
  ),
  preset(
    'mixed-content',
    'Surprises',
    'An https page, an http API',
    { origins: [APP] },
    { url: 'http://api.example.com/users' },
  ),
  preset(
    'same-origin',
    'Surprises',
    'The same origin: no CORS at all',
    { origins: [APP] },
    { url: `${APP}/api/users`, method: 'PUT' },
  ),
  preset(
    'slash',
    'Does not construct',
    'Trailing slash, path, upper case',
    `{
  "origins": ["https://app.example.com/", "https://API.example.com", "https://*.github.io"],
  "methods": ["PUT", "patch", "GET"],
  "maxAge": "600"
}`,
  ),
  preset(
    'any-with-cookies',
    'Does not construct',
    '"*" with credentials',
    { origins: '*', credentials: true, exposedHeaders: '*' },
    { credentials: 'include' },
  ),
  preset(
    'other-names',
    'Does not construct',
    "Another library's option names",
    `{
  "origin": ["https://app.example.com"],
  "allowedHeaders": ["Content-Type"],
  "allowMethods": ["PUT"],
  "optionsSuccessStatus": 200
}`,
  ),
  preset(
    'unset',
    'Does not construct',
    'A variable that was not set',
    `{
  "origins": ["https://undefined", "", "null"],
  "credentials": "true"
}`,
  ),
]
