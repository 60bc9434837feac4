import { createCors } from 'corsmith'

export const traced = createCors({
  origins: ['https://www.example.com'],
  requestHeaders: ['Content-Type', 'sentry-trace', 'baggage', 'traceparent', 'tracestate'],
  exposedHeaders: ['Server-Timing'],
  timingAllowOrigin: true,
})
