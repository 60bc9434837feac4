import { assemble, exactly } from './src/runtime.ts'
const origins = ['https://app.example.com']
export const tables = { version: '0.1.0', match: /* @__PURE__ */ exactly(origins), vary: 'Origin', status: 204, preflight: [], shared: [], widening: ['Access-Control-Expose-Headers', 'Access-Control-Allow-Credentials'], parts: [], echo: null, forbid: null }
export const cors = /* @__PURE__ */ assemble({ origins }, tables)
