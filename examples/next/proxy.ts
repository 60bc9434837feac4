// Answers preflights, and puts the headers on route handlers. Before Next 16: middleware.ts, and `export const middleware`.
import { proxy as cors } from 'corsmith/next'
import { policy } from './cors'

export const proxy = cors(policy)
