import { CorsPolicyError, createCors } from 'corsmith'
import { cors } from 'corsmith/node'
// biome-ignore lint/correctness/useImportExtensions: as users write it, with what is emitted
import { made, suggestionOf } from './app.js'
// biome-ignore lint/correctness/useImportExtensions: as users write it, with what is emitted
import { serve } from './served.cjs'

/** Made by one copy of the package, and taken by the other. */
export const middlewares = [cors(made), serve(createCors({ origins: ['https://app.example.com'] }))]

export function isSame(error: CorsPolicyError): unknown {
  return suggestionOf(error) ?? error instanceof CorsPolicyError
}
