// What each adapter is given: policies as plain data, and one that is chosen per request.
import { type AsyncCors, type CorsPolicy, createCors, perRequest } from 'corsmith'
import { A, POLICIES, type PolicyName } from '../../conformance/policies.ts'

const tenant = createCors({ origins: [A], methods: ['PUT'], exposedHeaders: ['X-Amz-Meta-*'] })

/** Chosen by what a preflight shows too: the URL. */
const tenants: AsyncCors<Request> = perRequest(
  async (request: Request) => {
    const { pathname } = new URL(request.url)
    await Promise.resolve()
    if (pathname.includes('/unavailable')) throw new Error('the tenants cannot be read')
    return pathname.includes('/tenant/') ? tenant : null
  },
  { onError: () => {} },
)

export function sourceOf(name: PolicyName): CorsPolicy | AsyncCors<Request> {
  return name === 'tenant' ? tenants : POLICIES[name]
}
