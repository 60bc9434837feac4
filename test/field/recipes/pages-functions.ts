// functions/_middleware.ts of Cloudflare Pages
import { createCors } from 'corsmith'

const cors = createCors({ origins: ['https://www.example.com'] })

interface Context {
  readonly request: Request
  next(): Promise<Response>
}

export const onRequest = ({ request, next }: Context): Response | Promise<Response> => cors.wrap(() => next())(request)
