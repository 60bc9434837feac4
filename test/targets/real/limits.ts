/** Rows that a target cannot pass, each with its reason. A limit never lets a stranger read. */
import type { TargetName } from '../../../src/targets.ts'

const OLD_DJANGO =
  'django-cors-headers before version 4 sends Access-Control-Allow-Credentials to everybody; without an origin it allows nothing'

const FILES = 'a bucket answers requests for files alone, and has no such path'

const LIMITS: Partial<Readonly<Record<TargetName, Readonly<Record<string, string>>>>> = {
  django: {
    'a stranger is told nothing by a 200': OLD_DJANGO,
    'a stranger is told nothing by an error': OLD_DJANGO,
    'a stranger is told nothing by a preflight': OLD_DJANGO,
  },
  s3: {
    'a page reads a 500': FILES,
    'a page reads the refusal of a login': FILES,
    'a page reads a 302': FILES,
    'every answer says Vary: Origin':
      'S3 says Vary only to an origin that a rule allows: a cache in front has to keep Origin in its key',
    "an answer keeps the API's own Vary": 'a bucket has no Vary of its own',
    'an OPTIONS that is no preflight reaches the API': 'S3 answers it with an error',
  },
  gin: {
    'an OPTIONS that is no preflight reaches the API': 'the library answers every OPTIONS of an allowed page',
  },
}

/** The limits of a target. */
export function limitsOf(target: TargetName): Readonly<Record<string, string>> {
  return LIMITS[target] ?? {}
}
