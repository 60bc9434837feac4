// Astro 7: around everything that is answered, and not only what its middleware sees.
import { astro, FetchState } from 'astro/fetch'
import { withCors } from 'corsmith/astro'
import { logInDevelopment } from 'corsmith/log'

export default withCors(
  logInDevelopment(
    {
      origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
      methods: ['PUT'],
      requestHeaders: ['Content-Type'],
      exposedHeaders: ['ETag'],
      maxAge: 600,
    },
    { isDevelopment: import.meta.env.DEV },
  ),
  { fetch: (request) => astro(new FetchState(request)) },
)
