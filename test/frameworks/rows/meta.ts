import type { Framework } from '../framework.ts'

export const META: readonly Framework[] = []
