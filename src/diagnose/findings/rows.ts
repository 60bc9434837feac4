import type { Row } from '../row.ts'
import { ADDRESS_SPACES } from './address-space.ts'
import { ASSETS } from './assets.ts'
import { CACHES } from './caches.ts'
import { CERTIFICATES } from './certificates.ts'
import { CLIENT } from './client.ts'
import { CONNECTION } from './connection.ts'
import { CREDENTIALS } from './credentials.ts'
import { ERRORS } from './errors.ts'
import { EXPOSURE } from './exposure.ts'
import { HEADER_NAMES } from './header-names.ts'
import { INSTEADS } from './instead.ts'
import { LIMITS } from './limits.ts'
import { LISTS } from './lists.ts'
import { ORIGIN_SPELLINGS } from './origin-spelling.ts'
import { ORIGIN_VALUES } from './origin-values.ts'
import { ORIGINS } from './origins.ts'
import { PLATFORMS } from './platforms.ts'
import { PREFLIGHTS } from './preflight.ts'
import { PREFLIGHT_NEEDS } from './preflight-needs.ts'
import { PRODUCT_ROWS } from './products.ts'
import { REDIRECT_FAULTS } from './redirect-faults.ts'
import { REDIRECTS } from './redirects.ts'
import { WALLS } from './walls.ts'

/** The table of all causes that HTTP shows. */
export const ROWS: readonly Row[] = [
  ...CONNECTION,
  ...CERTIFICATES,
  ...CLIENT,
  ...ADDRESS_SPACES,
  ...PREFLIGHTS,
  ...PREFLIGHT_NEEDS,
  ...REDIRECTS,
  ...REDIRECT_FAULTS,
  ...ORIGIN_VALUES,
  ...ORIGIN_SPELLINGS,
  ...ORIGINS,
  ...CREDENTIALS,
  ...LISTS,
  ...EXPOSURE,
  ...ERRORS,
  ...LIMITS,
  ...INSTEADS,
  ...PRODUCT_ROWS,
  ...HEADER_NAMES,
  ...PLATFORMS,
  ...WALLS,
  ...ASSETS,
  ...CACHES,
]
