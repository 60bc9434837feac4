// The set-ups that guides to CORS show: the facts of each, with other names. Every one stands in the documentation.
import type { PeerName } from '../../src/migrate/peer.ts'

/** A set-up as a guide shows it. */
export interface Snippet {
  readonly name: string
  /** The word behind `--from`; `nginx` for the importer. */
  readonly from: PeerName | 'nginx'
  readonly file: string
  /** The page that shows it. */
  readonly page: string
  /** What stands above the set-up. */
  readonly head: string
  readonly code: string
  /** What is compared with running it: all of the report, what pages notice, or what pages read. */
  readonly compares: 'all' | 'noticed' | 'reads'
  /** What becomes of it. */
  readonly policy: Readonly<Record<string, unknown>>
}

const UNSAFE = { methods: ['PUT', 'PATCH', 'DELETE'], requestHeaders: ['*', 'Authorization'] }
const FLASK = {
  methods: ['DELETE', 'OPTIONS', 'PATCH', 'PUT'],
  requestHeaders: ['*', 'Authorization'],
  preflightStatus: 200,
}
const DJANGO = {
  methods: ['DELETE', 'OPTIONS', 'PATCH', 'PUT'],
  requestHeaders: ['accept', 'authorization', 'content-type', 'user-agent', 'x-csrftoken', 'x-requested-with'],
  maxAge: 86_400,
  preflightStatus: 200,
}

const express = (name: string, code: string, policy: Snippet['policy'], more: Partial<Snippet> = {}): Snippet => ({
  ...{ name: `Express: ${name}`, from: 'express', file: 'server.js', page: 'migrate/express.md' },
  ...{ head: "const cors = require('cors')", code, policy, compares: 'all' },
  ...more,
})
const flask = (name: string, code: string, policy: Snippet['policy']): Snippet => ({
  ...{ name: `Flask: ${name}`, from: 'flask', file: 'app.py', page: 'migrate/flask.md' },
  ...{ head: 'from flask_cors import CORS', code, policy, compares: 'all' },
})
const django = (name: string, code: string, policy: Snippet['policy']): Snippet => ({
  ...{ name: `Django: ${name}`, from: 'django', file: 'settings.py', page: 'migrate/django.md' },
  ...{ head: '', code, policy, compares: 'all' },
})

export const SNIPPETS: readonly Snippet[] = [
  express('one origin', "app.use(cors({ origin: 'http://localhost:3000' }))", {
    origins: ['http://localhost:3000'],
    ...UNSAFE,
  }),
  express('every origin', 'app.use(cors())', { origins: '*', ...UNSAFE }),
  express('several origins', "app.use(cors({ origin: ['http://localhost:3000', 'https://www.example.com'] }))", {
    origins: ['http://localhost:3000', 'https://www.example.com'],
    ...UNSAFE,
  }),
  express(
    'a constant of options, for old browsers',
    "const corsOptions = { origin: 'https://www.example.com', optionsSuccessStatus: 200 }\n\napp.use(cors(corsOptions))",
    { origins: ['https://www.example.com'], ...UNSAFE, preflightStatus: 200 },
  ),
  express(
    'methods, headers and credentials',
    `app.use(
  cors({
    origin: 'https://example.com',
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Content-Type', 'Authorization'],
    credentials: true,
  }),
)`,
    {
      origins: ['https://example.com'],
      credentials: true,
      methods: ['PUT', 'DELETE'],
      requestHeaders: ['Content-Type', 'Authorization'],
    },
  ),
  express(
    'one route',
    "app.get('/prices', cors({ origin: 'https://example.com' }), (req, res) => res.json([]))",
    {
      origins: ['https://example.com'],
      ...UNSAFE,
      // The route has no OPTIONS, so no preflight reaches the middleware there.
    },
    { compares: 'reads' },
  ),
  express(
    'a function that looks a list up',
    `const allowedOrigins = ['https://www.example.com', 'https://staging.example.com', 'http://localhost:3000']
const corsOptions = {
  origin: function (origin, callback) {
    // Programs send no Origin.
    if (!origin) return callback(null, true)
    if (allowedOrigins.indexOf(origin) !== -1) {
      callback(null, true)
    } else {
      callback(new Error('This origin has no access.'))
    }
  },
  methods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
  allowedHeaders: ['Content-Type', 'Authorization'],
  credentials: true,
  maxAge: 86400, // a day
}

app.use(cors(corsOptions))`,
    {
      origins: ['https://www.example.com', 'https://staging.example.com', 'http://localhost:3000'],
      credentials: true,
      methods: ['PUT', 'DELETE', 'OPTIONS'],
      requestHeaders: ['Content-Type', 'Authorization'],
      maxAge: 86_400,
      refused: 'forbid',
    },
    { head: "import cors from 'cors'" },
  ),
  {
    name: 'Express: header lines by hand, and an answer to OPTIONS',
    ...{ from: 'next', file: 'server.js', page: 'migrate/express.md', head: '', compares: 'noticed' },
    code: `app.use((req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', 'http://localhost:3000')
  res.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, OPTIONS')
  res.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization')
  if (req.method === 'OPTIONS') return res.sendStatus(204)
  next()
})`,
    policy: {
      origins: ['http://localhost:3000'],
      methods: ['PUT', 'DELETE', 'OPTIONS'],
      requestHeaders: ['Content-Type', 'Authorization'],
    },
  },
  {
    name: 'Express: header lines by hand, with credentials',
    ...{ from: 'next', file: 'server.js', page: 'migrate/express.md', head: '', compares: 'noticed' },
    code: `app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', 'https://example.com')
  res.header('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, OPTIONS')
  res.header('Access-Control-Allow-Headers', 'Content-Type, Authorization')
  res.header('Access-Control-Allow-Credentials', 'true')
  if (req.method === 'OPTIONS') {
    res.sendStatus(200)
  } else {
    next()
  }
})`,
    policy: {
      origins: ['https://example.com'],
      credentials: true,
      methods: ['PUT', 'DELETE', 'OPTIONS'],
      requestHeaders: ['Content-Type', 'Authorization'],
    },
  },
  flask('one origin for some paths', 'CORS(app, resources={r"/api/*": {"origins": "http://localhost:3000"}})', {
    origins: ['http://localhost:3000'],
    ...FLASK,
  }),
  flask('every origin', 'CORS(app)', { origins: '*', ...FLASK }),
  flask('one origin', 'CORS(app, origins="https://example.com")', { origins: ['https://example.com'], ...FLASK }),
  {
    name: 'Flask: header lines by hand',
    ...{ from: 'next', file: 'app.py', page: 'migrate/flask.md', head: '', compares: 'noticed' },
    code: `@app.after_request
def after_request(response):
    response.headers.add("Access-Control-Allow-Origin", "https://example.com")
    response.headers.add("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
    response.headers.add("Access-Control-Allow-Headers", "Content-Type, Authorization")
    return response`,
    policy: {
      origins: ['https://example.com'],
      methods: ['PUT', 'DELETE'],
      requestHeaders: ['Content-Type', 'Authorization'],
    },
  },
  django(
    'a list of origins',
    'CORS_ALLOWED_ORIGINS = [\n    "http://localhost:3000",  # the front end\n    "http://127.0.0.1:3000",\n]',
    {
      origins: ['http://localhost:3000', 'http://127.0.0.1:3000'],
      ...DJANGO,
    },
  ),
  django('every origin', 'CORS_ALLOW_ALL_ORIGINS = True', { origins: '*', ...DJANGO }),
  django('one origin', 'CORS_ALLOWED_ORIGINS = [\n    "https://www.example.com",\n]', {
    origins: ['https://www.example.com'],
    ...DJANGO,
  }),
  {
    name: 'nginx: one header',
    ...{ from: 'nginx', file: 'nginx.conf', page: 'layers.md', head: '', compares: 'noticed' },
    code: `location /api/ {
    add_header 'Access-Control-Allow-Origin' 'https://www.example.com' always;
    proxy_pass http://127.0.0.1:3000;
}`,
    policy: { origins: ['https://www.example.com'] },
  },
  {
    name: 'any server: one header line',
    ...{ from: 'next', file: 'headers.js', page: 'migrate/next.md', head: '', compares: 'noticed' },
    code: "const header = { 'Access-Control-Allow-Origin': 'https://www.example.com' }",
    policy: { origins: ['https://www.example.com'] },
  },
  {
    name: 'any server: a header line of each kind',
    ...{ from: 'next', file: 'headers.js', page: 'migrate/next.md', head: '', compares: 'noticed' },
    code: `const headers = {
  'Access-Control-Allow-Origin': 'https://example.com',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
  'Access-Control-Allow-Headers': 'Content-Type, Authorization',
  'Access-Control-Allow-Credentials': 'true',
}`,
    policy: {
      origins: ['https://example.com'],
      credentials: true,
      methods: ['PUT', 'DELETE'],
      requestHeaders: ['Content-Type', 'Authorization'],
    },
  },
  {
    name: 'any server: every origin',
    ...{ from: 'next', file: 'headers.js', page: 'migrate/next.md', head: '', compares: 'noticed' },
    code: "const open = { 'Access-Control-Allow-Origin': '*' }",
    policy: { origins: '*' },
  },
]
