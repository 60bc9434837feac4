/** The heap of an isolate in workerd, after a collection. What is resident in the process says little: V8 collects late. */
import { setTimeout as delay } from 'node:timers/promises'

/** How long a collection may take, in milliseconds. */
const PATIENCE = 20_000

/**
 * Makes a function that collects the garbage of a Worker and gives the bytes in use, buffers included. There is one session
 * for all calls: workerd may answer nothing to one that follows another closely.
 *
 * @param inspector the inspector of Miniflare
 * @param nudge sends a request: an isolate without one reads no message
 */
export function createHeap(inspector: URL, name: string, nudge: () => Promise<unknown>) {
  const answers = new Map<number, (result: unknown) => void>()
  let opened: Promise<WebSocket> | undefined
  let last = 0
  let queue: Promise<unknown> = Promise.resolve()

  async function open(): Promise<WebSocket> {
    const socket = new WebSocket(`ws://${inspector.host}/core:user:${name}`)
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data))
      answers.get(id)?.(result)
    })
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error('the inspector of workerd refuses a connection')))
    })
    await call(socket, 'Runtime.enable')
    await call(socket, 'HeapProfiler.enable')
    return socket
  }

  function call(socket: WebSocket, method: string): Promise<unknown> {
    const id = ++last
    const answered = new Promise((resolve) => answers.set(id, resolve))
    socket.send(JSON.stringify({ id, method }))
    const late = delay(PATIENCE, null, { ref: false }).then(() => Promise.reject(new Error(`workerd: ${method} hangs`)))
    return Promise.race([answered, late])
  }

  async function measure(): Promise<number> {
    const timer = setInterval(() => void nudge().catch(() => {}), 100)
    try {
      opened ??= open()
      const socket = await opened
      await call(socket, 'HeapProfiler.collectGarbage')
      const usage = (await call(socket, 'Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
      return usage.usedSize + (usage.backingStorageSize ?? 0)
    } finally {
      clearInterval(timer)
    }
  }

  return {
    measure(): Promise<number> {
      const next = queue.then(measure)
      queue = next.catch(() => {})
      return next
    },
    async close(): Promise<void> {
      const socket = await opened?.catch(() => undefined)
      socket?.close()
    },
  }
}
