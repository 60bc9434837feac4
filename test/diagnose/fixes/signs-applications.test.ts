import { describe, expect, it } from 'vitest'
import { IN_APPLICATIONS } from './applications.ts'
import type { Exchange } from './exchange.ts'
import { isTold, recognized } from './product.ts'

describe('the signs of a framework', () => {
  it.each(IN_APPLICATIONS)('are told by the answer, and by nothing like it: $target, $says', isTold)

  const go: Exchange = { status: 404, body: '404 page not found\n', headers: [['Content-Type', 'text/plain']] }
  const routed = { headers: [['Content-Type', 'text/plain']] as const, body: 'ok' }

  it('are the 404 of Go where another path is answered, because a gateway without routes says the same', () => {
    expect(recognized(go, routed)).toEqual({ target: 'go', signs: ['the 404 of Go'] })
    expect(recognized({ ...go, body: '404 page not found' }, routed)?.target).toBe('go')
    expect(recognized({ ...go, headers: [['content-type', 'TEXT/PLAIN; charset=utf-8']] }, routed)?.target).toBe('go')
    expect(recognized(go)).toBeNull()
    expect(recognized(go, go)).toBeNull()
    expect(recognized(go, { trouble: 'timeout' })).toBeNull()
  })

  it.each<Exchange>([
    { ...go, status: 200 },
    { ...go, body: 'the 404 page not found' },
    { ...go, body: '404 page not found at all' },
    { ...go, headers: [['Content-Type', 'text/html']] },
    { ...go, headers: [['Content-Type', 'text/plaintext']] },
    { ...go, headers: [['Content-Type', 'x-text/plain']] },
  ])('are not the 404 of Go: %o', (exchange) => expect(recognized(exchange, routed)).toBeNull())
})
