// Express 5, or 4. Run: PORT=8080 node server.ts
import { logInDevelopment } from 'corsmith/log'
import { cors } from 'corsmith/node'
import express from 'express'

const app = express()

// Before everything else: sessions, body parsers, authentication.
app.use(
  cors(
    logInDevelopment({
      origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
      methods: ['PUT'],
      requestHeaders: ['Content-Type'],
      exposedHeaders: ['ETag'],
      maxAge: 600,
    }),
  ),
)
app.use(express.text({ type: () => true }))

app.get('/hello', (_req, res) => {
  res.set('ETag', '"1"').json({ hello: 'world' })
})
app.put('/hello', (req, res) => {
  res.set('ETag', '"1"').json({ hello: req.body })
})

app.listen(Number(process.env.PORT ?? 8080))
