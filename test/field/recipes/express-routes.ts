import { createCors } from 'corsmith'
import { cors } from 'corsmith/node'
import express from 'express'

const open = createCors({ origins: '*' })
const own = createCors({ origins: ['https://www.example.com'], credentials: true, methods: ['PUT'] })

export const app = express()
app.use(cors((request) => (request.url?.startsWith('/account/') ? own : open)))
app.get('/prices', (_request, response) => {
  response.json({ tea: 3 })
})
app.put('/account/name', (_request, response) => {
  response.json({ saved: true })
})
