// What the tests use of `ws`, which ships no types.
declare module 'ws' {
  import type { EventEmitter } from 'node:events'
  import type { IncomingMessage, Server } from 'node:http'
  import type { WebSocketLike, WebSocketServerLike } from '@hono/node-server'

  type Options = { readonly origin?: string; readonly headers?: Record<string, string> }

  export class WebSocket extends EventEmitter implements WebSocketLike {
    constructor(url: string, options?: Options | readonly string[], more?: Options)
    readonly protocol: string
    readonly readyState: 0 | 1 | 2 | 3
    send(data: unknown): void
    close(code?: number, reason?: string): void
    terminate(): void
  }

  export class WebSocketServer extends EventEmitter {
    constructor(options: { readonly server: Server } | { readonly noServer: true })
    readonly options: { noServer?: boolean }
    readonly clients: Set<WebSocket>
    handleUpgrade: WebSocketServerLike['handleUpgrade']
    close(): void
    on(event: 'connection', listener: (socket: WebSocket, request: IncomingMessage) => void): this
    on(event: string, listener: (...args: never[]) => void): this
  }
}
