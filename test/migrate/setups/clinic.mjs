// A clinic's API on Express: a list of front ends, and an error for all others.
import cors from 'cors'

const ALLOWED_ORIGINS = ['http://localhost:43001', 'http://localhost:43002', 'https://clinic.example.com']

export const middleware = cors({
  origin: (origin, cb) => {
    if (!origin) return cb(null, true)
    if (ALLOWED_ORIGINS.includes(origin)) return cb(null, true)
    cb(new Error(`Origin ${origin} not allowed`))
  },
  credentials: true,
})
