// When two policies cover one request: what is printed, and on which machines.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createNestingNotice } from '../../src/server/nesting.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Makes the notice where the global `process` is something else. */
function under(process: PropertyDescriptor, deno = false): ReturnType<typeof createNestingNotice> {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'process') ?? {}
  Object.defineProperty(globalThis, 'process', { configurable: true, ...process })
  if (deno) Object.assign(globalThis, { Deno: {} })
  try {
    return createNestingNotice()
  } finally {
    Object.defineProperty(globalThis, 'process', real)
    if (deno) Reflect.deleteProperty(globalThis, 'Deno')
  }
}

describe('createNestingNotice()', () => {
  it.each([
    ['development', true],
    ['staging', true],
    ['production', false],
    ['test', false],
  ])('for NODE_ENV=%s: %s', (name, isMade) => {
    vi.stubEnv('NODE_ENV', name)
    expect(createNestingNotice() !== null).toBe(isMade)
  })

  it('is made where NODE_ENV is not set, and not where it cannot be read', () => {
    expect(under({ value: { env: {} } })).not.toBeNull()
    expect(under({ value: {} })).toBeNull()
    expect(under({ value: undefined })).toBeNull()
    const denied = () => {
      throw new Error('no permission to read the environment')
    }
    expect(under({ get: denied })).toBeNull()
    // Deno would ask the user.
    expect(under({ value: { env: {} } }, true)).toBeNull()
  })

  it('prints the first request that two policies cover, and no other', () => {
    vi.stubEnv('NODE_ENV', 'development')
    const print = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const notice = createNestingNotice()
    const [outer, inner] = [{}, {}]
    const requests = [{}, {}, {}]
    for (const request of requests) notice?.(request, outer, 'GET /')
    for (const request of requests) notice?.(request, outer, 'GET /')
    expect(print).not.toHaveBeenCalled()
    for (const request of requests) notice?.(request, inner, `GET /${'x'.repeat(300)}`)
    expect(print.mock.calls).toEqual([
      [
        `corsmith: two policies cover GET /${'x'.repeat(195)}. The outer one decides: ` +
          'write one "corsRoutes([…])" of corsmith/routes instead',
      ],
    ])
  })

  it('looks at the first 1,000 requests, so that later ones pay nothing', () => {
    vi.stubEnv('NODE_ENV', 'development')
    const print = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const [outer, inner] = [createNestingNotice(), createNestingNotice()]
    const [one, other] = [{}, {}]
    const pass = () => {
      const request = {}
      outer?.(request, one, 'GET /')
      return request
    }
    for (let i = 0; i < 999; i++) pass()
    const last = pass()
    inner?.(pass(), other, 'GET /late')
    expect(print).not.toHaveBeenCalled()
    inner?.(last, other, 'GET /in-time')
    expect(print).toHaveBeenCalledOnce()
  })
})
