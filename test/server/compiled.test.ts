// What a compiled module is made with, and what the adapters of corsmith/runtime say where they get something else.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createResolver } from '../../src/adapter.ts'
import { createCors } from '../../src/index.ts'
import { answering, assemble, choose, wrapping } from '../../src/runtime.ts'
import { createCorsResolver, createReadyResolver } from '../../src/runtime-adapter.ts'
import { guard } from '../../src/server/guard.ts'
import type { WrittenTables } from '../../src/server/tables.ts'
import { mergeVary } from '../../src/server/vary.ts'
import { VERSION } from '../../src/spec/version.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'

const TABLES: WrittenTables = {
  version: VERSION,
  match: (origin) => (origin === PAGE ? PAGE : null),
  vary: 'Origin',
  status: 204,
  preflight: [],
  shared: [],
  widening: [],
  parts: [],
  echo: null,
  forbid: null,
}
const FORBIDDING: WrittenTables = { ...TABLES, forbid: guard }
const allowed = (response: Response) => response.headers.get('Access-Control-Allow-Origin')
const hello = () => new Response('hello')

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the tables of a module', () => {
  it('become a policy, the part of it that adapters need, or a wrapper', () => {
    const cors = assemble({ origins: [PAGE] }, TABLES)
    expect([cors.policy, cors.decide(from(PAGE)).shared, cors.decide(from(STRANGER)).shared]).toEqual([
      { origins: [PAGE] },
      true,
      false,
    ])
    for (const wrap of [cors.wrap, answering(TABLES).wrap, wrapping(TABLES)]) {
      expect(allowed(wrap(hello)(from(PAGE)))).toBe(PAGE)
      expect(wrap(hello)(from(STRANGER)).status).toBe(200)
      expect(wrap(hello)(preflight(STRANGER)).status).toBe(403)
    }
  })

  it('keep how a refused origin is answered', () => {
    const [passing, forbidding] = [answering(TABLES), answering(FORBIDDING)]
    expect([passing.policy, forbidding.policy]).toEqual([{}, { refused: 'forbid' }])
    expect([passing.guard(from(STRANGER)), forbidding.guard(from(PAGE))]).toEqual([null, null])
    expect(forbidding.guard(from(STRANGER))?.status).toBe(403)
    expect(wrapping(FORBIDDING)(hello)(from(STRANGER)).status).toBe(403)
  })

  it('are said to be stale where another version wrote them', () => {
    const print = vi.spyOn(console, 'warn').mockImplementation(() => {})
    assemble({ origins: [PAGE] }, TABLES)
    expect(print).not.toHaveBeenCalled()
    expect(assemble({ origins: [PAGE] }, { ...TABLES, version: '0.0.1' }).decide(from(PAGE)).shared).toBe(true)
    expect(print.mock.calls).toEqual([[`corsmith ${VERSION}: 0.0.1 compiled this policy, compile it again`]])
  })
})

describe('what is no policy that is ready', () => {
  it('is refused with what to pass instead', () => {
    const written = { origins: [PAGE] } as never
    expect(() => createReadyResolver(written)).toThrow(new TypeError('this policy is not compiled'))
    expect(() => createCorsResolver(answering(TABLES) as never)).toThrow(
      new TypeError('this adapter needs more than answers: write "cors" of the same module'),
    )
  })

  it('does not include a policy that is chosen', () => {
    const cors = createCors({ origins: [PAGE] })
    const chosen = choose<string>((name) => (name === 'a' ? cors : createCors({ origins: [STRANGER] })))
    for (const corsFor of [
      createCorsResolver(chosen),
      createReadyResolver(chosen),
      createResolver<string>(chosen as never),
    ])
      expect([corsFor('a') === cors, corsFor('b') === cors]).toEqual([true, false])
    expect(createCorsResolver(cors)('a')).toBe(cors)
  })
})

it('an empty Vary of an application is replaced', () => {
  expect(mergeVary('', 'Origin')).toBe('Origin')
  expect(mergeVary(null, 'Origin')).toBe('Origin')
})
