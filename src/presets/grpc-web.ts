import { type Preset, preset } from './preset.ts'

/**
 * gRPC-Web, as `grpc-web` and the gRPC-Web transport of `@connectrpc/connect-web` speak it.
 *
 * @see https://connectrpc.com/docs/cors
 */
export const grpcWeb: Preset = /* @__PURE__ */ preset({
  name: 'grpcWeb',
  requestHeaders: ['Content-Type', 'Grpc-Timeout', 'X-Grpc-Web', 'X-User-Agent'],
  exposedHeaders: ['Grpc-Message', 'Grpc-Status', 'Grpc-Status-Details-Bin'],
  source: 'https://connectrpc.com/docs/cors',
  date: '2026-11-28',
})
