import { createCors } from 'corsmith'

export const policy = createCors({
  origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
  methods: ['PUT'],
  requestHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
})
