// A CORS policy: policy.json, compiled by corsmith 0.1.0.
// Policy b7151c235318e8ed. Do not edit: change the policy, and compile it again.
import { answering, assemble, exactly, wrapping } from 'corsmith/runtime'

const origins = [
  'https://tenant-0.example.com',
  'https://tenant-1.example.com',
  'https://tenant-2.example.com',
  'https://tenant-3.example.com',
  'https://tenant-4.example.com',
  'https://tenant-5.example.com',
  'https://tenant-6.example.com',
  'https://tenant-7.example.com',
  'https://tenant-8.example.com',
  'https://tenant-9.example.com',
]

const policy = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  origins: /* @__PURE__ */ Object.freeze(origins),
  credentials: true,
  methods: /* @__PURE__ */ Object.freeze(['GET', 'POST', 'PUT', 'DELETE']),
  requestHeaders: /* @__PURE__ */ Object.freeze(['Content-Type', 'Authorization', 'X-Requested-With']),
  exposedHeaders: /* @__PURE__ */ Object.freeze(['ETag']),
  maxAge: 600,
})

const tables = {
  version: '0.1.0',
  match: /* @__PURE__ */ exactly(origins),
  vary: 'Origin',
  status: 204,
  preflight: [
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Methods', 'GET,POST,PUT,DELETE'],
    ['Access-Control-Allow-Headers', 'content-type,authorization,x-requested-with'],
    ['Access-Control-Max-Age', '600'],
  ],
  shared: [
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Expose-Headers', 'etag'],
  ],
  widening: [],
  parts: [],
  echo: null,
  forbid: null,
}

/** The whole policy, for everything that takes a `Cors`. */
export const cors = /* @__PURE__ */ assemble(policy, tables)

/** The part that the adapters of corsmith/runtime need. */
export const answers = /* @__PURE__ */ answering(tables)

/** The part that a Fetch handler needs. */
export const wrap = /* @__PURE__ */ wrapping(tables)
