// Astro 7: around everything that is answered, and not only what its middleware sees.
import { astro, FetchState } from 'astro/fetch'
import { withCors } from 'corsmith/astro'

export default withCors(
  {
    origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
    methods: ['PUT'],
    requestHeaders: ['Content-Type'],
    exposedHeaders: ['ETag'],
    maxAge: 600,
  },
  { fetch: (request) => astro(new FetchState(request)) },
)
