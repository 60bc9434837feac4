import { cors } from 'corsmith/node'
import express from 'express'

export const app = express()
app.use(
  cors({
    origins: ['https://www.example.com', 'http://localhost:3000'],
    methods: ['PUT', 'DELETE'],
    requestHeaders: ['Content-Type', 'Authorization'],
    credentials: true,
  }),
)
app.get('/api/data', (_request, response) => {
  response.json({ message: 'shared' })
})
