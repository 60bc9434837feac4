import type { BodyOf, PageInit } from '../request.ts'
import { type HandlerTarget, handlerTargets } from './event-target.ts'

/** The result of a request, as far as an `XMLHttpRequest` reads it. */
type Result = { readonly shared: true; readonly response: Response } | { readonly shared: false }

/** Runs a request of the page. */
type Run = (url: string, init: PageInit) => Promise<Result>

const STATES = { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 } as const

/** The reason with which a request ends that took too long. */
const TIMEOUT: unique symbol = Symbol('timeout')

/** The body and the kind of result that a caller may ask for. */
type ResponseType = '' | 'text' | 'json' | 'arraybuffer' | 'blob'

/**
 * Makes the `XMLHttpRequest` of a page: as much of it as client libraries use. It sends nothing
 * synchronously, reads no documents, and takes a response whole, so that `progress` comes once.
 *
 * @see https://xhr.spec.whatwg.org/#interface-xmlhttprequest
 */
export function xmlHttpRequestOf(origin: string, run: Run): new () => EventTarget {
  const made = class extends handlerTargets() {
    readonly upload: HandlerTarget = new (handlerTargets())()
    withCredentials = false
    timeout = 0
    responseType: ResponseType = ''
    readyState: number = STATES.UNSENT
    #url = ''
    #method = 'GET'
    #headers: [string, string][] = []
    #response: Response | null = null
    #body: ArrayBuffer = new ArrayBuffer(0)
    #abort = new AbortController()

    get status(): number {
      return this.#response?.status ?? 0
    }

    get statusText(): string {
      return this.#response?.statusText ?? ''
    }

    get responseURL(): string {
      return this.#response?.url ?? ''
    }

    get responseText(): string {
      if (this.responseType !== '' && this.responseType !== 'text') throw invalidState('responseText needs a text')
      return new TextDecoder().decode(this.#body)
    }

    get response(): unknown {
      if (this.responseType === '' || this.responseType === 'text') return this.responseText
      if (this.readyState !== STATES.DONE || this.#response === null) return null
      const type = this.getResponseHeader('Content-Type') ?? ''
      if (this.responseType === 'arraybuffer') return this.#body
      if (this.responseType === 'blob') return new Blob([this.#body], { type })
      try {
        return JSON.parse(new TextDecoder().decode(this.#body))
      } catch {
        return null
      }
    }

    open(method: string, url: string | URL, isAsync = true): void {
      if (!isAsync) throw new DOMException('a synchronous XMLHttpRequest cannot be simulated', 'InvalidAccessError')
      const absolute = URL.parse(String(url), origin === 'null' ? undefined : `${origin}/`)
      if (absolute === null) throw new DOMException(`${JSON.stringify(String(url))} is not a URL`, 'SyntaxError')
      this.#abort.abort()
      this.#abort = new AbortController()
      this.#url = absolute.href
      this.#method = method
      this.#headers = []
      this.#response = null
      this.#body = new ArrayBuffer(0)
      this.#turn(STATES.OPENED)
    }

    setRequestHeader(name: string, value: string): void {
      if (this.readyState !== STATES.OPENED) throw invalidState('open() comes before setRequestHeader()')
      // Refuses what no header can hold, as a browser does.
      new Headers().append(name, String(value))
      this.#headers.push([name, String(value)])
    }

    send(body: BodyOf = null): void {
      if (this.readyState !== STATES.OPENED) throw invalidState('open() comes before send()')
      const abort = this.#abort
      const isRead = /^(get|head)$/i.test(this.#method)
      const init: PageInit = {
        method: this.#method,
        headers: this.#headers,
        credentials: this.withCredentials ? 'include' : 'same-origin',
        initiator: 'xhr',
        uploadListener: this.upload.isListenedTo(),
        signal: abort.signal,
        ...(isRead || body === null ? {} : { body }),
      }
      const timer = this.timeout > 0 ? setTimeout(() => abort.abort(TIMEOUT), this.timeout) : undefined
      this.emit('loadstart')
      if (init.body !== undefined) this.upload.emit('loadstart')
      this.#receive(init)
        .then(() => this.#end('load'))
        .catch((error: unknown) => {
          // A new open() has taken over: this request is forgotten.
          if (abort === this.#abort)
            this.#fail(abort.signal.aborted ? (error === TIMEOUT ? 'timeout' : 'abort') : 'error')
        })
        .finally(() => clearTimeout(timer))
    }

    abort(): void {
      const isUnderWay = this.readyState > STATES.UNSENT && this.readyState < STATES.DONE
      this.#abort.abort()
      if (!isUnderWay) this.readyState = STATES.UNSENT
    }

    getResponseHeader(name: string): string | null {
      return this.#response?.headers.get(name) ?? null
    }

    getAllResponseHeaders(): string {
      return [...(this.#response?.headers ?? [])].map(([name, value]) => `${name}: ${value}\r\n`).join('')
    }

    overrideMimeType(): void {}

    async #receive(init: PageInit): Promise<void> {
      const { signal } = init
      const result = await run(this.#url, init)
      if (!result.shared) throw new Error('network error')
      if (init.body !== undefined)
        for (const name of ['progress', 'load', 'loadend']) this.upload.emit(name, sizeOf(init.body))
      const body = await result.response.arrayBuffer()
      signal?.throwIfAborted()
      this.#response = result.response
      this.#turn(STATES.HEADERS_RECEIVED)
      this.#body = body
      this.#turn(STATES.LOADING)
      this.emit('progress', body.byteLength)
    }

    #end(name: string): void {
      const loaded = this.#body.byteLength
      this.#turn(STATES.DONE)
      this.emit(name, loaded)
      this.emit('loadend', loaded)
    }

    #fail(name: string): void {
      this.#response = null
      this.#body = new ArrayBuffer(0)
      this.#end(name)
      if (name === 'abort') this.readyState = STATES.UNSENT
    }

    #turn(state: number): void {
      this.readyState = state
      this.emit('readystatechange')
    }
  }
  // Callers compare `readyState` with the constants of the class or of an object.
  for (const [name, value] of Object.entries(STATES)) {
    for (const owner of [made, made.prototype]) Object.defineProperty(owner, name, { value, enumerable: true })
  }
  return Object.defineProperty(made, 'name', { value: 'XMLHttpRequest' })
}

/** The bytes of a body, as far as its kind tells them. */
function sizeOf(body: BodyOf): number {
  if (typeof body === 'string') return new TextEncoder().encode(body).length
  if (body instanceof Blob) return body.size
  return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? body.byteLength : 0
}

function invalidState(message: string): DOMException {
  return new DOMException(message, 'InvalidStateError')
}
