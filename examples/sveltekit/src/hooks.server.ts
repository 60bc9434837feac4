import { cors } from 'corsmith/sveltekit'

export const handle = cors({
  origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
  methods: ['PUT'],
  requestHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
})
