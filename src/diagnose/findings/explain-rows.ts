import type { Row } from '../row.ts'
import { CLIENT } from './client.ts'
import { MIXED_CONTENT } from './connection.ts'
import { CREDENTIALS } from './credentials.ts'
import { EXPOSURE } from './exposure.ts'
import { LISTS } from './lists.ts'
import { ORIGIN_VALUES } from './origin-values.ts'
import { ORIGINS } from './origins.ts'

/**
 * The causes that a policy and a request alone can have, without a server or a network between
 * them.
 */
export const EXPLAIN_ROWS: readonly Row[] = [
  MIXED_CONTENT,
  ...CLIENT,
  ...ORIGIN_VALUES,
  ...ORIGINS,
  ...CREDENTIALS,
  ...LISTS,
  ...EXPOSURE,
]
