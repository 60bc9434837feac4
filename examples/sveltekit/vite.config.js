// Kit checks form posts before any hook, and takes a PUT without a content type for one: name the pages that may send them.
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'

export default {
  plugins: [sveltekit({ adapter: adapter(), csrf: { trustedOrigins: ['https://app.example.com'] } })],
}
