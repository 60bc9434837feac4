import { describe, expect, it } from 'vitest'
import { examine } from '../stage.ts'
import { RECORDED } from './recorded.ts'

/** Targets whose fixes are JavaScript. */
const JAVASCRIPT =
  /^(fetch|hono|workers|next|deno|bun|express|node|proxy|sveltekit|astro|h3|elysia|react-router|koa|fastify|nestjs|socketio)$/

describe('what runs a server', () => {
  it.each(RECORDED)('$name is taken for $target', async ({ answer, missing = answer, url, target }) => {
    const asked = url ?? 'https://api.example.com/x'
    const own = new URL(asked).pathname
    const { recognized, findings } = await examine(({ path }) => (path.split('?')[0] === own ? answer : missing), {
      url: asked,
    })
    expect(recognized?.target ?? null).toBe(target)
    // What is recognized says why, and what is not gets no framework's fix.
    if (target !== null) expect(recognized?.signs.join('; ')).toMatch(/\w/)
    const written = findings.filter(({ fix }) => fix?.where === 'server').map(({ fix }) => fix?.target ?? '')
    expect(written.filter((each) => JAVASCRIPT.test(each) && each !== target)).toEqual([])
  })
})
