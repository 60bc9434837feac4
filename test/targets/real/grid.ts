import type { CorsPolicy } from '../../../src/index.ts'
import type { Asking } from './agreement.ts'

/** Policies that use every word there is, each with every other that matters. */
export const POLICIES: readonly (readonly [name: string, policy: CorsPolicy])[] = [
  ['one origin', { origins: ['https://app.example.com'] }],
  ['everybody', { origins: '*', exposedHeaders: ['ETag'], timingAllowOrigin: true }],
  ['everything for everybody', { origins: '*', methods: '*', requestHeaders: '*', exposedHeaders: '*' }],
  [
    'credentials',
    {
      origins: ['https://app.example.com', 'https://b.example.com:8443'],
      credentials: true,
      methods: ['PUT', 'PURGE'],
      requestHeaders: ['Content-Type', 'Authorization'],
      exposedHeaders: ['ETag', 'X-Total'],
      maxAge: 600,
      timingAllowOrigin: true,
    },
  ],
  [
    'patterns',
    {
      origins: ['https://*.example.com', 'https://app-*.b.example.net', 'http://localhost:*', 'capacitor://localhost'],
      methods: ['DELETE'],
      requestHeaders: ['X-Stainless-*', 'X-Own'],
      maxAge: 0,
    },
  ],
  [
    'everything beside credentials',
    {
      origins: ['https://app.example.com'],
      credentials: true,
      methods: '*',
      requestHeaders: '*',
      preflightStatus: 200,
    },
  ],
  [
    'Authorization beside everything',
    { origins: ['https://app.example.com'], requestHeaders: ['*', 'Authorization'], credentials: true },
  ],
]

export const ORIGINS = [
  'https://app.example.com',
  'https://b.example.com:8443',
  'https://x.y.example.com',
  'https://app-1.b.example.net',
  'https://app-1.evil.b.example.net',
  'http://localhost:5173',
  'http://localhost',
  'capacitor://localhost',
  'https://example.com',
  'https://stranger.example.org',
  'https://app.example.com.evil.test',
  'https://appxexample.com',
] as const

const ASKS: readonly Omit<Asking, 'origin'>[] = [
  { path: '/x' },
  { path: '/x', credentials: 'include' },
  { path: '/error', credentials: 'include' },
  { path: '/missing' },
  { path: '/x', method: 'PUT' },
  { path: '/x', method: 'PURGE' },
  { path: '/closed', method: 'DELETE' },
  { path: '/gone', method: 'PUT', credentials: 'include' },
  { path: '/x', headers: { 'Content-Type': 'application/json' }, method: 'POST' },
  { path: '/closed', headers: { Authorization: 'Bearer x' } },
  { path: '/x', headers: { 'X-Stainless-Os': 'x', 'X-Own': '1' } },
  { path: '/x', headers: { 'X-Other': '1' }, credentials: 'include' },
  { path: '/x', headers: { 'X-Other': '1', Authorization: 'x' }, credentials: 'include' },
]

/** Every request of every page. */
export const GRID: readonly Asking[] = ORIGINS.flatMap((origin) => ASKS.map((ask) => ({ ...ask, origin })))
