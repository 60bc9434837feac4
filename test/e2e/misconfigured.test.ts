import { expect, it } from 'vitest'
import { startEdge } from '../../examples/start/edge.ts'
import { send } from '../support/raw-http.ts'

it.each([
  [{ UPSTREAM: '', CORS_ORIGINS: '' }],
  [{ UPSTREAM: 'ftp://127.0.0.1', CORS_ORIGINS: 'https://app.example.com/', TIMEOUT_MS: 'soon' }],
])('an edge with %o names every variable in a 500, and wrangler dev prints the same', async (vars) => {
  const printed: string[] = []
  const edge = await startEdge({
    port: 0,
    vars,
    signal: new AbortController().signal,
    onLine: (line) => printed.push(line),
  })
  try {
    const answer = await send(`${edge.url}/api/users`)
    expect(answer.status).toBe(500)
    for (const name of Object.keys(vars)) expect(answer.text).toContain(name)
    for (const line of answer.text.split('\n').filter((each) => each.trim() !== ''))
      await expect.poll(() => printed.join('\n')).toContain(line.trim())
  } finally {
    await edge.close()
  }
})
