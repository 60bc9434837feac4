import type { createCors } from 'corsmith'
import { cors, type NodeMiddleware } from 'corsmith/node'

export const serve = (made: ReturnType<typeof createCors>): NodeMiddleware => cors(made)
