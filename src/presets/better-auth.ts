import { type Preset, preset } from './preset.ts'

/**
 * A server of better-auth on another origin than the page. Sessions are cookies, so the policy says
 * `credentials: true`, which no preset sets. With the bearer plugin, the token is a header.
 *
 * @see https://www.better-auth.com/docs/plugins/bearer
 */
export const betterAuth: Preset = /* @__PURE__ */ preset({
  name: 'betterAuth',
  requestHeaders: ['Authorization', 'Content-Type', 'X-Captcha-Response'],
  exposedHeaders: ['set-auth-jwt', 'set-auth-token', 'X-Retry-After'],
  source: 'https://www.better-auth.com/docs/plugins/bearer',
  date: '2026-11-28',
  note: 'Sessions in cookies need credentials: true in the policy.',
})
