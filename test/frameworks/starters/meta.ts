/** What the starters of the larger frameworks write, as far as these applications need it. */
type Files = Readonly<Record<string, string>>

const ROUTE = `export const GET = () => Response.json([{ name: 'lamp' }])
export const PUT = async ({ request }) => Response.json(await request.json())
`

const NEXT_ROUTE = `export const dynamic = 'force-dynamic'
export function GET() {
  return Response.json([{ name: 'lamp' }])
}
export async function PUT(request: Request) {
  return Response.json(await request.json())
}
`

const NEXT_CONFIG = {
  compilerOptions: {
    target: 'ES2017',
    lib: ['dom', 'dom.iterable', 'esnext'],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    resolveJsonModule: true,
    isolatedModules: true,
    jsx: 'react-jsx',
    incremental: true,
    plugins: [{ name: 'next' }],
  },
  include: ['next-env.d.ts', '**/*.ts', '**/*.tsx', '.next/types/**/*.ts'],
  exclude: ['node_modules'],
}

const LAYOUT = `export default function Layout({ children }: { children: React.ReactNode }) {
  return <html lang="en"><body>{children}</body></html>
}
`

const NEXT: Files = {
  'app/layout.tsx': LAYOUT,
  'app/page.tsx': 'export default function Page() {\n  return <p>page</p>\n}\n',
  'tsconfig.json': JSON.stringify(NEXT_CONFIG),
}

export const NEXT_STARTER: Files = { ...NEXT, 'app/api/items/route.ts': NEXT_ROUTE }

/** The route stands in the documentation. */
export const NEXT_ROUTE_STARTER: Files = NEXT

const NITRO_ROUTES = (folder: string): Files => ({
  [`${folder}/api/items.get.ts`]: `export default defineEventHandler(() => [{ name: 'lamp' }])\n`,
  [`${folder}/api/items.put.ts`]: 'export default defineEventHandler((event) => readBody(event))\n',
})

export const NUXT_STARTER: Files = {
  'nuxt.config.ts': `export default defineNuxtConfig({ compatibilityDate: '2026-09-01' })\n`,
  'app/app.vue': '<template><p>page</p></template>\n',
  ...NITRO_ROUTES('server'),
}

export const NITRO_2_STARTER: Files = {
  'nitro.config.ts': `export default defineNitroConfig({ compatibilityDate: '2026-09-01' })\n`,
  ...NITRO_ROUTES('.'),
}

export const NITRO_STARTER: Files = {
  'nitro.config.ts': `import { defineConfig } from 'nitro'\nexport default defineConfig({ serverDir: './' })\n`,
  'api/items.get.ts': `import { defineHandler } from 'nitro'\nexport default defineHandler(() => [{ name: 'lamp' }])\n`,
  'api/items.put.ts': `import { defineHandler } from 'nitro'\nexport default defineHandler((event) => event.req.json())\n`,
}

export const SVELTEKIT_STARTER: Files = {
  'vite.config.js': `import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
export default { plugins: [sveltekit({ adapter: adapter() })] }
`,
  'src/app.html':
    '<!doctype html><html lang="en"><head>%sveltekit.head%</head><body><div>%sveltekit.body%</div></body></html>\n',
  'src/routes/+page.svelte': '<p>page</p>\n',
  'src/routes/api/items/+server.js': ROUTE,
}

export const ASTRO_STARTER: Files = {
  'astro.config.mjs': `import node from '@astrojs/node'
export default { output: 'server', adapter: node({ mode: 'standalone' }) }
`,
  'src/pages/index.astro': '<p>page</p>\n',
  'src/pages/api/items.js': ROUTE,
}

export const REACT_ROUTER_STARTER: Files = {
  'react-router.config.ts': 'export default { ssr: true }\n',
  'vite.config.ts': `import { reactRouter } from '@react-router/dev/vite'\nexport default { plugins: [reactRouter()] }\n`,
  'app/root.tsx': `import { Outlet, Scripts } from 'react-router'
export default function App() {
  return <html lang="en"><body><Outlet /><Scripts /></body></html>
}
`,
  'app/routes.ts': `import { index, route } from '@react-router/dev/routes'
export default [index('routes/home.tsx'), route('api/items', 'routes/items.ts')]
`,
  'app/routes/home.tsx': 'export default function Home() {\n  return <p>page</p>\n}\n',
  'app/routes/items.ts': `export const loader = () => Response.json([{ name: 'lamp' }])
export const action = async ({ request }: { request: Request }) => Response.json(await request.json())
`,
}

export const TANSTACK_STARTER: Files = {
  'vite.config.ts': `import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import react from '@vitejs/plugin-react'
import { nitro } from 'nitro/vite'
export default { plugins: [tanstackStart(), nitro(), react()] }
`,
  'src/router.tsx': `import { createRouter } from '@tanstack/react-router'
import { routeTree } from './routeTree.gen'
export const getRouter = () => createRouter({ routeTree, scrollRestoration: true })
`,
  'src/routes/__root.tsx': `import { createRootRoute, HeadContent, Outlet, Scripts } from '@tanstack/react-router'
export const Route = createRootRoute({
  component: () => <html lang="en"><head><HeadContent /></head><body><Outlet /><Scripts /></body></html>,
  notFoundComponent: () => <p>not found</p>,
})
`,
  'src/routes/index.tsx': `import { createFileRoute } from '@tanstack/react-router'
export const Route = createFileRoute('/')({ component: () => <p>page</p> })
`,
  'src/routes/api/items.ts': `import { createFileRoute } from '@tanstack/react-router'
export const Route = createFileRoute('/api/items')({
  server: {
    handlers: {
      GET: () => Response.json([{ name: 'lamp' }]),
      PUT: async ({ request }) => Response.json(await request.json()),
    },
  },
})
`,
}
