import { APP, JSON_TYPE, type Preset, preset } from './preset.ts'

/** What people mean to do. */
export const WORKING: readonly Preset[] = [
  preset(
    'json-cookies',
    'Works',
    'A JSON API with cookies',
    { origins: [APP], credentials: true, methods: ['PUT', 'DELETE'], requestHeaders: ['Content-Type'], maxAge: 600 },
    { method: 'PUT', headers: JSON_TYPE, credentials: 'include' },
  ),
  preset(
    'public',
    'Works',
    'A public API that any page may read',
    { origins: '*' },
    { url: 'https://api.example.com/cities' },
  ),
  preset(
    'bearer',
    'Works',
    'A bearer token, any other header too',
    { origins: [APP], requestHeaders: ['*', 'Authorization'], methods: ['PATCH'] },
    { method: 'PATCH', headers: `Authorization: Bearer t\n${JSON_TYPE}\nX-Tenant: 7` },
  ),
  preset(
    'previews',
    'Works',
    'Preview deployments, by a pattern',
    { origins: [APP, 'https://*.preview.example.com'], credentials: true },
    { origin: 'https://pr-123.preview.example.com', credentials: 'include' },
  ),
  preset(
    'local',
    'Works',
    'Local development on any port',
    { origins: [APP, 'http://localhost:*'] },
    { origin: 'http://localhost:5173' },
  ),
  preset(
    'pagination',
    'Works',
    'Pagination headers that the page reads',
    { origins: [APP], exposedHeaders: ['Link', 'X-RateLimit-*'] },
    {
      reads: 'Link, X-RateLimit-Remaining',
      answer: `${JSON_TYPE}\nLink: </users?page=2>; rel="next"\nX-RateLimit-Remaining: 41`,
    },
  ),
  preset(
    'edge',
    'Works',
    'The edge worker of npm start',
    {
      origins: ['http://127.0.0.1:8080'],
      credentials: true,
      methods: ['PUT', 'PATCH', 'DELETE'],
      requestHeaders: ['Content-Type', 'Authorization'],
      exposedHeaders: ['ETag', 'Location', 'Content-Range', 'Accept-Ranges'],
      maxAge: 600,
    },
    {
      origin: 'http://127.0.0.1:8080',
      url: 'http://127.0.0.1:8787/api/users/2',
      method: 'DELETE',
      status: '204',
      answer: '',
    },
  ),
]
