import { cors } from 'corsmith/node'
import { defineConfig } from 'vite'

const policy = cors({ origins: ['https://shop.example.com'] })

export default defineConfig({
  // Vite's own CORS answers preflights before a plugin can.
  server: { cors: false },
  plugins: [{ name: 'cors', configureServer: ({ middlewares }) => void middlewares.use(policy) }],
})
