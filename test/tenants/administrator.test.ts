import { expect, it } from 'vitest'
import { isAdministrator } from '../../examples/multi-tenant/admin.ts'

const ask = (authorization: string | null) =>
  new Request('https://edge.example/admin', { headers: authorization === null ? {} : { authorization } })

it.each([
  ['the token', 'Bearer secret', 'secret', true],
  ['another token', 'Bearer other', 'secret', false],
  ['no header', null, 'secret', false],
  ['an empty token', 'Bearer ', '', false],
  ['a token that is not set', 'Bearer undefined', undefined, false],
] as const)('the administrator of the example, with %s', async (_, header, token, expected) => {
  expect(await isAdministrator(ask(header), token)).toBe(expected)
})
