// h3 2. Run: PORT=8080 node server.ts
import { cors } from 'corsmith/h3'
import { logInDevelopment } from 'corsmith/log'
import { H3, serve } from 'h3'

const app = new H3()

app.register(
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

app.get('/hello', (event) => {
  event.res.headers.set('ETag', '"1"')
  return { hello: 'world' }
})
app.put('/hello', async (event) => {
  event.res.headers.set('ETag', '"1"')
  return { hello: await event.req.text() }
})

serve(app, { port: Number(process.env.PORT ?? 8080) })
