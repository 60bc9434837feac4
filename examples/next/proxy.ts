// Answers preflights, and puts the headers on route handlers. Before Next 16: middleware.ts, and `export const middleware`.
import { logInDevelopment } from 'corsmith/log'
import { proxy as cors } from 'corsmith/next'
import { policy } from './cors'

// Here and not in cors.ts, which stamp.ts uses too: each line is printed once.
export const proxy = cors(logInDevelopment(policy))
