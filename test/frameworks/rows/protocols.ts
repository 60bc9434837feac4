import type { Framework } from '../framework.ts'

export const PROTOCOLS: readonly Framework[] = []
