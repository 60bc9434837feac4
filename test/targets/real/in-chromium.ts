import type { TargetName } from '../../../src/targets.ts'

/** Targets whose compiled text test/e2e/compiled-targets.test.ts puts before pages in Chromium. */
export const IN_CHROMIUM: readonly TargetName[] = [
  'apache',
  'caddy',
  'django',
  'envoy',
  'express-cors',
  'fastapi',
  'fastify-cors',
  'flask',
  'haproxy',
  'nginx',
  'varnish',
]
