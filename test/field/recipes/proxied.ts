import { createProxy } from 'corsmith/proxy'

export const fetch = createProxy({
  upstream: 'https://api.partner.example',
  cors: { origins: ['https://www.example.com'], requestHeaders: ['Content-Type'] },
})
