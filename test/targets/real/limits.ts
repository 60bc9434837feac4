/** Rows that a target cannot pass, each with its reason. A limit never lets a stranger read. */
import type { TargetName } from '../../../src/targets.ts'

const OLD_DJANGO =
  'django-cors-headers before version 4 sends Access-Control-Allow-Credentials to everybody; without an origin it allows nothing'

const LIMITS: Partial<Readonly<Record<TargetName, Readonly<Record<string, string>>>>> = {
  django: {
    'a stranger is told nothing by a 200': OLD_DJANGO,
    'a stranger is told nothing by an error': OLD_DJANGO,
    'a stranger is told nothing by a preflight': OLD_DJANGO,
  },
  gin: {
    'an OPTIONS that is no preflight reaches the API': 'the library answers every OPTIONS of an allowed page',
  },
}

/** The limits of a target. */
export function limitsOf(target: TargetName): Readonly<Record<string, string>> {
  return LIMITS[target] ?? {}
}
