// A CORS policy: policy.json, compiled by corsmith 0.1.0.
// Policy 3f42b1b93cef5267. Do not edit: change the policy, and compile it again.
import { answering, assemble, exactly, wrapping } from 'corsmith/runtime'

const origins = ['https://app.example.com', 'https://admin.example.com']

const policy = /* @__PURE__ */ Object.freeze({
  __proto__: null,
  origins: /* @__PURE__ */ Object.freeze(origins),
  methods: /* @__PURE__ */ Object.freeze(['PUT']),
  requestHeaders: /* @__PURE__ */ Object.freeze(['Content-Type']),
  maxAge: 600,
})

const tables = {
  version: '0.1.0',
  match: /* @__PURE__ */ exactly(origins),
  vary: 'Origin',
  status: 204,
  preflight: [
    ['Access-Control-Allow-Methods', 'PUT'],
    ['Access-Control-Allow-Headers', 'content-type'],
    ['Access-Control-Max-Age', '600'],
  ],
  shared: [],
  widening: ['Access-Control-Allow-Credentials', 'Access-Control-Expose-Headers'],
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
