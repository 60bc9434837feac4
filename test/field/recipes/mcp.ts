import { createCors } from 'corsmith'

export const mcp = createCors({
  origins: ['https://chat.example.com'],
  methods: ['DELETE'],
  requestHeaders: ['Content-Type', 'Authorization', 'Mcp-*', 'Last-Event-ID'],
  exposedHeaders: ['Mcp-Session-Id', 'WWW-Authenticate'],
})
