/** Frameworks with a build: what their starters write, and the files of the documentation beside it. */
import type { Framework } from '../framework.ts'
import * as starters from '../starters/meta.ts'

const REACT = { react: '19.3.1', 'react-dom': '19.3.1' } as const
const TYPES = { typescript: '5.9.3', '@types/react': '19.3.0', '@types/node': '24.19.2' } as const
const VITE = { vite: '8.3.8' } as const

const ASTRO = { astro: '7.3.5', '@astrojs/node': '11.1.6' } as const
const REACT_ROUTER = {
  'react-router': '8.4.0',
  '@react-router/dev': '8.4.0',
  '@react-router/node': '8.4.0',
  '@react-router/serve': '8.4.0',
  '@hono/node-server': '2.1.8',
  isbot: '5.2.3',
  ...REACT,
  ...VITE,
} as const
const TANSTACK = {
  '@tanstack/react-start': '1.169.5',
  '@tanstack/react-router': '1.170.46',
  '@vitejs/plugin-react': '6.3.0',
  '@hono/node-server': '2.1.8',
  ...REACT,
  ...VITE,
} as const

const next = {
  build: ['next', 'build'],
  start: ['next', 'start', '-p', '{port}'],
} as const

const OWN_ROUTE = 'It covers its own route. With `proxy.ts` the answer to an unknown path is covered too.'

const UNMATCHED =
  'The router runs middleware only for URLs that match a route. A server of your own covers the others too.'

export const META: readonly Framework[] = [
  {
    name: 'Next.js 16',
    section: 'Next.js',
    packages: { next: '16.4.6', ...REACT, ...TYPES },
    files: starters.NEXT_STARTER,
    ...next,
    unset: 'request',
  },
  {
    name: 'Next.js 15',
    section: 'Next.js 15',
    packages: { next: '15.5.29', ...REACT, ...TYPES },
    files: starters.NEXT_STARTER,
    ...next,
    unset: 'request',
  },
  {
    name: 'Next.js 16, one route',
    section: 'Next.js, one route',
    packages: { next: '16.4.6', ...REACT, ...TYPES },
    files: starters.NEXT_ROUTE_STARTER,
    ...next,
    unset: 'build',
    limits: { missing: OWN_ROUTE },
  },
  {
    name: 'Nuxt 4',
    section: 'Nuxt',
    packages: { nuxt: '4.5.2' },
    files: starters.NUXT_STARTER,
    build: ['nuxt', 'build'],
    start: ['node', '.output/server/index.mjs'],
    unset: 'start',
    limits: { missing: 'Without pages, Nuxt renders its one page for every path.' },
  },
  {
    name: 'Nitro 3',
    section: 'Nitro',
    packages: { nitro: '3.0.0' },
    files: starters.NITRO_STARTER,
    build: ['nitro', 'build'],
    start: ['node', '.output/server/index.mjs'],
    unset: 'start',
  },
  {
    name: 'Nitro 2',
    section: 'Nitro 2',
    packages: { nitropack: '2.13.6' },
    files: starters.NITRO_2_STARTER,
    build: ['nitro', 'build'],
    start: ['node', '.output/server/index.mjs'],
    unset: 'start',
  },
  {
    name: 'SvelteKit',
    section: 'SvelteKit',
    packages: {
      '@sveltejs/kit': '3.2.0',
      '@sveltejs/adapter-node': '6.0.1',
      '@sveltejs/vite-plugin-svelte': '7.3.1',
      svelte: '5.57.3',
      ...VITE,
    },
    files: starters.SVELTEKIT_STARTER,
    build: ['vite', 'build'],
    start: ['node', 'build'],
    unset: 'start',
  },
  {
    name: 'Astro',
    section: 'Astro',
    packages: ASTRO,
    files: starters.ASTRO_STARTER,
    build: ['astro', 'build'],
    start: ['node', 'dist/server/entry.mjs'],
    unset: 'start',
  },
  {
    name: 'Astro, in development',
    section: 'Astro',
    packages: ASTRO,
    files: starters.ASTRO_STARTER,
    start: ['astro', 'dev', '--port', '{port}', '--host', '127.0.0.1'],
    isDevelopment: true,
    // It answers 403 to pages of another site, and localhost is one for 127.0.0.1.
    host: '127.0.0.1',
    unset: 'silence',
  },
  {
    name: 'React Router',
    section: 'React Router',
    packages: REACT_ROUTER,
    files: starters.REACT_ROUTER_STARTER,
    build: ['react-router', 'build'],
    start: ['react-router-serve', './build/server/index.js'],
    unset: 'start',
    limits: { missing: UNMATCHED },
  },
  {
    name: 'React Router, in development',
    section: 'React Router',
    packages: REACT_ROUTER,
    files: starters.REACT_ROUTER_STARTER,
    start: ['react-router', 'dev', '--port', '{port}'],
    isDevelopment: true,
    unset: 'request',
    limits: { missing: UNMATCHED },
  },
  {
    name: 'React Router, a server of your own',
    section: 'React Router, a server of your own',
    packages: REACT_ROUTER,
    files: starters.REACT_ROUTER_STARTER,
    build: ['react-router', 'build'],
    start: ['node', 'server.ts'],
    unset: 'start',
  },
  {
    name: 'TanStack Start',
    section: 'TanStack Start',
    packages: TANSTACK,
    files: starters.TANSTACK_STARTER,
    build: ['vite', 'build'],
    start: ['node', 'serve.js'],
    unset: 'start',
  },
  {
    name: 'TanStack Start, in development',
    section: 'TanStack Start',
    packages: TANSTACK,
    files: starters.TANSTACK_STARTER,
    start: ['vite', 'dev', '--port', '{port}'],
    isDevelopment: true,
    unset: 'request',
  },
]
