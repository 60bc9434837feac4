/** What a page made of its calls, by name. */
export interface Outcomes {
  readonly credentials: string
  readonly preflighted: string
  readonly notAllowedMethod: string
  readonly notAllowedHeader: string
  readonly upload: string
  readonly unauthorized: string
  readonly thrown: string
  readonly missing: string
  readonly events: string
  readonly refusedByPolicy: string
}

/** Calls an adapter's server from the page that this runs in. It is sent to the browser as text, and so uses nothing from here. */
export async function callAdapter(server: string): Promise<Outcomes> {
  const own = `${server}/page`
  async function call(url: string, init: RequestInit, read: (response: Response) => Promise<string>): Promise<string> {
    try {
      return `read ${await read(await fetch(url, init))}`
    } catch {
      return 'refused'
    }
  }
  const status = async (response: Response) => String(response.status)
  const json = { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-Ok': '1' }, body: '{}' }

  /** A listener on `upload` forces a preflight, even for a method and headers that need none. */
  const upload = new Promise<string>((resolve) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', `${own}/echo`)
    xhr.withCredentials = true
    xhr.upload.onprogress = () => {}
    xhr.onload = () => resolve(`load ${xhr.status}`)
    xhr.onerror = () => resolve('refused')
    xhr.send(new Blob(['x'.repeat(1_000_000)], { type: 'text/plain' }))
  })

  async function firstEvent(): Promise<string> {
    try {
      const response = await fetch(`${own}/sse`, { credentials: 'include' })
      const reader = response.body?.getReader()
      const first = await reader?.read()
      await reader?.cancel()
      return new TextDecoder().decode(first?.value).split('\n')[0] ?? ''
    } catch {
      return 'refused'
    }
  }

  return {
    credentials: await call(`${own}/ok`, { credentials: 'include' }, async (response) => {
      return `${await response.text()}, X-Req-Id ${response.headers.get('X-Req-Id')}`
    }),
    preflighted: await call(`${own}/echo`, { ...json, credentials: 'include' }, status),
    notAllowedMethod: await call(`${own}/ok`, { method: 'DELETE' }, status),
    notAllowedHeader: await call(`${own}/ok`, { headers: { 'X-Not-Ok': '1' } }, status),
    upload: await upload,
    unauthorized: await call(`${own}/auth`, { credentials: 'include' }, async (response) => {
      return `${response.status} ${await response.text()}`
    }),
    thrown: await call(`${own}/throw`, { credentials: 'include' }, status),
    missing: await call(`${own}/nowhere`, { credentials: 'include' }, status),
    events: await firstEvent(),
    refusedByPolicy: await call(`${server}/std/ok`, {}, status),
  }
}
