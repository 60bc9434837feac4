/**
 * A WebSocket that says back what it hears, with no more of RFC 6455 than that takes: short text frames, ping and close.
 * Like most of them it does not ask who opens it, which is why a proxy in front has to.
 */

import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { pathOf } from './exchange.ts'

const TEXT = 0x1
const CLOSE = 0x8
const PING = 0x9
const PONG = 0xa
/** The longest payload whose length fits in two bytes. */
const LONGEST = 0xffff

/** Creates the listener for a server's `upgrade` event; other paths are answered 404. */
export function echo(path: string): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const key = request.headers['sec-websocket-key']
    if (pathOf(request) !== path || key === undefined) {
      socket.end(`HTTP/1.1 ${key === undefined ? '400 Bad Request' : '404 Not Found'}\r\nConnection: close\r\n\r\n`)
      return
    }
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    let held = head
    const take = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk])
      for (let frame = readFrame(held); frame !== null; frame = readFrame(held)) {
        held = held.subarray(frame.size)
        answer(socket, frame)
      }
    }
    socket.on('data', take)
    take(Buffer.alloc(0))
  }
}

interface Frame {
  readonly opcode: number
  readonly payload: Buffer
  /** How many bytes the frame took; all that is there when it is one that cannot be read. */
  readonly size: number
}

/** Takes one whole frame from what has arrived; null when some of it is still to come. */
function readFrame(held: Buffer): Frame | null {
  if (held.length < 2) return null
  const short = held.readUInt8(1) & 0x7f
  if (short === 127 || (held.readUInt8(0) & 0x80) === 0)
    return { opcode: CLOSE, payload: Buffer.alloc(0), size: held.length }
  const masked = (held.readUInt8(1) & 0x80) !== 0
  const start = 2 + (short === 126 ? 2 : 0) + (masked ? 4 : 0)
  if (held.length < start) return null
  const length = short === 126 ? held.readUInt16BE(2) : short
  if (held.length < start + length) return null
  const mask = masked ? held.subarray(start - 4, start) : Buffer.alloc(4)
  const payload = Buffer.from(held.subarray(start, start + length))
  for (const [index, byte] of payload.entries()) payload[index] = byte ^ (mask[index % 4] ?? 0)
  return { opcode: held.readUInt8(0) & 0x0f, payload, size: start + length }
}

function answer(socket: Duplex, { opcode, payload }: Frame): void {
  if (opcode === TEXT) socket.write(writeFrame(TEXT, payload))
  else if (opcode === PING) socket.write(writeFrame(PONG, payload))
  else if (opcode !== PONG)
    socket.end(writeFrame(CLOSE, opcode === CLOSE ? payload.subarray(0, 2) : Buffer.from([0x03, 0xeb])))
}

function writeFrame(opcode: number, payload: Buffer): Buffer {
  const kept = payload.subarray(0, LONGEST)
  const length = kept.length < 126 ? [kept.length] : [126, kept.length >> 8, kept.length & 0xff]
  return Buffer.concat([Buffer.from([0x80 | opcode, ...length]), kept])
}
