// The suites of the engine once more, with every policy compiled to a module: both builds behave alike.
import { vi } from 'vitest'

vi.mock('../../src/index.ts', async (original) => {
  const { createCompiledCors } = await import('../support/compiled.ts')
  return { ...(await original<typeof import('../../src/index.ts')>()), createCors: createCompiledCors }
})

await import('../server/decision-table-echo.test.ts')
await import('../server/decision-table-neighbours.test.ts')
await import('../server/decision-table-origins.test.ts')
await import('../server/decision-table-preflight.test.ts')
await import('../server/decision-table-responses.test.ts')
await import('../server/constants.test.ts')
await import('../server/immutable.test.ts')
await import('../server/matcher.test.ts')
await import('../server/per-request.test.ts')
await import('../server/predicates.test.ts')
await import('../server/properties.test.ts')
await import('../server/signals.test.ts')
await import('../server/vary.test.ts')
await import('../server/wrap.test.ts')
await import('../budget/operations.test.ts')

const { expect, it } = await import('vitest')
const { createCors } = await import('../../src/index.ts')
const { createCompiledCors } = await import('../support/compiled.ts')

it('createCors of these suites compiles', () => expect(createCors).toBe(createCompiledCors))
