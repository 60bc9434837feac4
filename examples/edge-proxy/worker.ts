// The edge worker: everything it needs to know stands in the [vars] of wrangler.toml.
import { createEdgeProxy, proxyOptionsFromEnv } from 'corsmith/workers'

export default createEdgeProxy(proxyOptionsFromEnv)
