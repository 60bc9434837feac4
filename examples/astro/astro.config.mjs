// Astro refuses form posts of other sites, and a PUT without a content type looks like one to it. The policy decides here.
import node from '@astrojs/node'

export default { output: 'server', adapter: node({ mode: 'standalone' }), security: { checkOrigin: false } }
