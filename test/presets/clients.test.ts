/** Replays what client packages sent when they were run with the presets: `npm run test:clients` records it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { presetsTable } from '../../scripts/presets-table.ts'
import { createCors } from '../../src/index.ts'
import { type Preset, withPresets } from '../../src/presets.ts'
import { createBrowser } from '../../src/testing.ts'
import { exported, LISTS } from './all.ts'

interface Recorded {
  readonly preset: string
  readonly client: string
  readonly version: string
  readonly date: string
  readonly does: string
  readonly credentials?: boolean
  readonly requests: readonly { readonly method: string; readonly headers: Readonly<Record<string, string>> }[]
  /** Response headers whose loss the client noticed. */
  readonly reads: readonly string[]
}

const ROOT = join(import.meta.dirname, '../..')
const recorded: readonly Recorded[] = JSON.parse(readFileSync(join(ROOT, 'test/vectors/client-requests.json'), 'utf8'))
const page = readFileSync(join(ROOT, 'docs/presets.md'), 'utf8')

/** What a client loses in a page of one browser: the requests that are blocked, and the headers that it cannot read. */
async function lossesOf(
  preset: Preset,
  { credentials = false, requests, reads }: Recorded,
  browser: 'chromium' | 'firefox' | 'webkit',
) {
  const cors = createCors(withPresets({ origins: ['https://app.example.com'], credentials }, preset))
  const fetch = cors.wrap(() => new Response(null, { headers: reads.map((name) => [name, '1'] as [string, string]) }))
  const opened = createBrowser({ fetch, browser }).page('https://app.example.com')
  const losses: string[] = []
  for (const { method, headers } of requests) {
    const init = { method, headers, credentials: credentials ? 'include' : 'same-origin' } as const
    const outcome = await opened.request('https://api.example.com/', init)
    if (!outcome.shared) losses.push(`${method} ${outcome.failure.code}`)
    else losses.push(...reads.filter((name) => !outcome.response.headers.has(name)))
  }
  return losses
}

async function allLosses(preset: Preset, records: readonly Recorded[]): Promise<string[]> {
  const losses: string[] = []
  for (const browser of ['chromium', 'firefox', 'webkit'] as const)
    for (const record of records) losses.push(...(await lossesOf(preset, record, browser)))
  return losses
}

describe.each(exported)('the clients of %s', (name, preset) => {
  const records = recorded.filter((one) => one.preset === name)

  it('were run, and get everything', async () => {
    expect(records.length).toBeGreaterThan(0)
    expect(await allLosses(preset, records)).toEqual([])
  })

  const entries = LISTS.flatMap((list) => (preset[list] ?? []).map((entry) => [list, entry] as const))
  it.each(entries)('lose something without %s: %s', async (list, entry) => {
    const part = { ...preset, [list]: preset[list]?.filter((one) => one !== entry) }
    expect(await allLosses(part, records)).not.toEqual([])
  })
})

describe('docs/presets.md', () => {
  it('has the table that `npm run docs` writes', () => {
    expect(page).toContain(presetsTable())
  })

  it('names every client with the version that was recorded', () => {
    for (const { preset, client, version } of recorded)
      expect(
        page.split('\n').some((line) => line.startsWith(`| \`${preset}\` | `) && line.includes(`${client} ${version}`)),
      ).toBe(true)
  })
})
