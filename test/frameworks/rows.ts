/** The rows of the table. This is the one place where versions stand. */
import type { Framework } from './framework.ts'
import { META } from './rows/meta.ts'
import { PROTOCOLS } from './rows/protocols.ts'
import { SERVERS } from './rows/servers.ts'

export const FRAMEWORKS: readonly Framework[] = [...SERVERS, ...META, ...PROTOCOLS]
