/**
 * What runs inside the browsers' pages. These functions are sent as source text: they use nothing from outside themselves.
 */
import type { StepInit, StepResult } from './scenario.ts'

/** A step with its URL. */
export interface PageStep extends StepInit {
  readonly delay?: number
  readonly url: string
}

/** A scenario as the page gets it. */
export interface PageScenario {
  readonly sandboxed: boolean
  /** The page's address where it is another than the top-level page's. */
  readonly frame?: string
  readonly steps: readonly PageStep[]
}

/** Does one step. */
export async function runStep(step: PageStep): Promise<StepResult> {
  const failed = { ok: false, status: 0, type: 'error', names: [] }
  const passed = { ok: true, status: 200, type: 'cors', names: [] }
  const { url, initiator = 'fetch', uploadListener, streamBody, delay, ...init } = step
  if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay))
  if (initiator === 'fetch') {
    try {
      const options: RequestInit & { duplex?: string } = {
        ...init,
        headers: (init.headers ?? []) as [string, string][],
      }
      if (streamBody) {
        options.body = new Blob([init.body ?? '']).stream()
        options.duplex = 'half'
      }
      const response = await fetch(url, options)
      const names = [...response.headers.keys()].sort()
      const seen = { ok: true, status: response.status, type: response.type, names }
      if (!url.startsWith('data:')) return seen
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { ...seen, content: `${response.headers.get('Content-Type')} ${bytes}` }
    } catch {
      return failed
    }
  }
  if (initiator === 'xhr') {
    return new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      xhr.open(init.method ?? 'GET', url)
      xhr.withCredentials = init.credentials === 'include'
      for (const [name, value] of init.headers ?? []) xhr.setRequestHeader(name, value)
      if (uploadListener) xhr.upload.onprogress = () => {}
      xhr.onload = () => resolve({ ...passed, status: xhr.status })
      xhr.onerror = () => resolve(failed)
      xhr.send(init.body)
    })
  }
  if (initiator === 'beacon') {
    const type = init.headers?.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'text/plain'
    navigator.sendBeacon(url, new Blob([init.body ?? ''], { type }))
    await new Promise((resolve) => setTimeout(resolve, 400))
    return failed
  }
  return new Promise((resolve) => {
    const crossOrigin = init.credentials === 'include' ? 'use-credentials' : 'anonymous'
    const done = (element: { onload: unknown; onerror: unknown }): void => {
      element.onload = () => resolve(passed)
      element.onerror = () => resolve(failed)
    }
    if (initiator === 'eventsource') {
      const source = new EventSource(url, { withCredentials: init.credentials === 'include' })
      source.onopen = () => resolve(passed)
      source.onerror = () => {
        source.close()
        resolve(failed)
      }
    } else if (initiator === 'font') {
      new FontFace('x', `url(${url})`).load().then(
        () => resolve(passed),
        () => resolve(failed),
      )
    } else if (initiator === 'image') {
      const image = new Image()
      image.crossOrigin = crossOrigin
      done(image as never)
      image.src = url
    } else {
      const element = document.createElement(initiator === 'script' ? 'script' : 'link')
      element.crossOrigin = crossOrigin
      done(element as never)
      if (element instanceof HTMLScriptElement) element.src = url
      else {
        element.rel = 'stylesheet'
        element.href = url
      }
      document.head.append(element)
    }
  })
}

/** Does scenarios side by side, the steps of each one after the other. */
export async function runAll(code: string, scenarios: readonly PageScenario[], width: number): Promise<StepResult[][]> {
  // biome-ignore lint/security/noGlobalEval: a page gets its functions as text
  const run = globalThis.eval(code) as (step: PageStep) => Promise<StepResult>
  const openFrame = ({ sandboxed, frame: src = '/frame' }: PageScenario): Promise<HTMLIFrameElement> =>
    new Promise((resolve) => {
      const frame = document.createElement('iframe')
      if (sandboxed) frame.sandbox.add('allow-scripts')
      frame.src = src
      frame.onload = () => resolve(frame)
      document.body.append(frame)
    })
  const frameStep = (frame: HTMLIFrameElement, step: PageStep): Promise<StepResult> =>
    new Promise((resolve) => {
      const listen = (event: MessageEvent): void => {
        if (event.source !== frame.contentWindow) return
        removeEventListener('message', listen)
        resolve(event.data)
      }
      addEventListener('message', listen)
      frame.contentWindow?.postMessage({ code, step }, '*')
    })
  const results: StepResult[][] = scenarios.map(() => [])
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < scenarios.length) {
      const index = next++
      const scenario = scenarios[index]
      if (scenario === undefined) continue
      const frame = scenario.sandboxed || scenario.frame !== undefined ? await openFrame(scenario) : null
      for (const step of scenario.steps) results[index]?.push(await (frame ? frameStep(frame, step) : run(step)))
      frame?.remove()
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return results
}
