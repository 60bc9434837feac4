// The edge worker: everything it needs to know stands in the [vars] of wrangler.toml.
import { policyFromEnv } from 'corsmith'
import { logInDevelopment } from 'corsmith/log'
import { createEdgeProxy, proxyOptionsFromEnv } from 'corsmith/workers'

// wrangler writes "development" or "production" here.
const isDevelopment = process.env.NODE_ENV !== 'production'

export default createEdgeProxy((env: object) => ({
  ...proxyOptionsFromEnv(env),
  cors: logInDevelopment(policyFromEnv(env), { isDevelopment }),
}))
