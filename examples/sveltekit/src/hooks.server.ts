import { logInDevelopment } from 'corsmith/log'
import { cors } from 'corsmith/sveltekit'
import { dev } from '$app/environment'

export const handle = cors(
  logInDevelopment(
    {
      origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
      methods: ['PUT'],
      requestHeaders: ['Content-Type'],
      exposedHeaders: ['ETag'],
      maxAge: 600,
    },
    { isDevelopment: dev },
  ),
)
