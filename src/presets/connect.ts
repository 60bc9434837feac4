import { type Preset, preset } from './preset.ts'

/**
 * The Connect protocol, as `@connectrpc/connect-web` speaks it. A service that sends trailers
 * exposes `Trailer-*` too. For the transport of gRPC-Web, see `grpcWeb`.
 *
 * @see https://connectrpc.com/docs/cors
 */
export const connect: Preset = /* @__PURE__ */ preset({
  name: 'connect',
  requestHeaders: ['Connect-Protocol-Version', 'Connect-Timeout-Ms', 'Content-Type'],
  source: 'https://connectrpc.com/docs/cors',
  date: '2026-11-28',
  note: 'A service that sends trailers exposes them as "Trailer-*".',
})
