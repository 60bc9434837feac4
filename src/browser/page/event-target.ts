/** An `EventTarget` with handlers such as `onload`. */
export interface HandlerTarget extends EventTarget {
  /** Sends an event to the handler and the listeners, with the bytes so far. */
  emit(name: string, loaded?: number): void
  /** Tells whether anything listens. */
  isListenedTo(): boolean
}

const EVENTS = ['readystatechange', 'loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend']

/** Makes a class of targets for the events of an `XMLHttpRequest`. */
export function handlerTargets(): new () => HandlerTarget {
  return class extends EventTarget {
    #listeners = 0

    constructor() {
      super()
      // Libraries look for the handlers that a browser has before they set them.
      for (const name of EVENTS) Reflect.set(this, `on${name}`, null)
    }

    override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
      this.#listeners++
      super.addEventListener(...args)
    }

    emit(name: string, loaded = 0): void {
      const event = Object.assign(new Event(name), { loaded, total: loaded, lengthComputable: loaded > 0 })
      const handler: unknown = Reflect.get(this, `on${name}`)
      this.dispatchEvent(event)
      if (typeof handler === 'function') handler.call(this, event)
    }

    isListenedTo(): boolean {
      const hasHandler = EVENTS.some((name) => typeof Reflect.get(this, `on${name}`) === 'function')
      return hasHandler || this.#listeners > 0
    }
  }
}
