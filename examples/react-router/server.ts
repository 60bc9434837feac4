// React Router: around the request handler, and so around everything it answers. Run: PORT=8080 node server.ts
import { serve } from '@hono/node-server'
import { logInDevelopment } from 'corsmith/log'
import { withCors } from 'corsmith/react-router'
import { createRequestHandler } from 'react-router'
import { build } from './build.ts'

const fetch = withCors(
  logInDevelopment({
    origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
    methods: ['PUT'],
    requestHeaders: ['Content-Type'],
    exposedHeaders: ['ETag'],
    maxAge: 600,
  }),
  createRequestHandler(build),
)

serve({ fetch: (request) => fetch(request), port: Number(process.env.PORT ?? 8080) })
