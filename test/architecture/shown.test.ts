import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { createBrowser, expectShared } from '../../src/testing.ts'

const root = join(import.meta.dirname, '../..')

/** The block of a page that begins so. */
function shown(page: string, beginning: string): string {
  const text = readFileSync(join(root, page), 'utf8')
  const start = text.indexOf(`\`\`\`\n${beginning}`) + 4
  return text.slice(start, text.indexOf('\n```', start))
}

async function thrown(act: () => unknown): Promise<Error> {
  try {
    await act()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}

describe('what a page shows as printed', () => {
  it('README.md: the error of a policy', async () => {
    const policy = { origins: ['https://app.example.com/'], credentials: true, exposedHeaders: '*' }
    const { name, message } = await thrown(() => createCors(policy as never))
    expect(shown('README.md', 'CorsPolicyError: ')).toBe(`${name}: ${message}`)
  })

  it('docs/testing.md: the failure of an assertion', async () => {
    const cors = createCors({ origins: ['https://app.example.com'], methods: ['PUT'] })
    const browser = createBrowser({ fetch: cors.wrap(() => Response.json({ saved: true })) })
    const page = browser.page('https://stranger.example')
    const url = 'https://api.example.com/api/items/1'
    const { name, message } = await thrown(() => expectShared(page.fetch(url, { method: 'PUT' })))
    expect(shown('docs/testing.md', 'Error: expected')).toBe(`${name}: ${message}`)
  })
})
