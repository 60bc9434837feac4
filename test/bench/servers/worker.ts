/** Serves the variant that the binding names. */
import { fetchOf } from './apps.ts'

let fetch: ReturnType<typeof fetchOf> | undefined

export const worker = {
  fetch(request: Request, env: { VARIANT: string }): unknown {
    fetch ??= fetchOf(env.VARIANT)
    return fetch(request)
  },
}
