import { logInDevelopment } from 'corsmith/log'

export const policy = logInDevelopment({
  origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
  methods: ['PUT'],
  requestHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
})
