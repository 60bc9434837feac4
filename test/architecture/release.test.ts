// What a release stands on: the changelog, the workflow that publishes, and the lock file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
const manifest: { readonly version: string; readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
  read('package.json'),
)

describe('a release', () => {
  it('has a dated section of the changelog, below the one for what comes next', () => {
    const headings = [...read('CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, text = '']) => text)
    const [next, last = ''] = headings
    expect(next).toBe('[Unreleased]')
    expect(last).toMatch(
      new RegExp(String.raw`^\[${manifest.version.replaceAll('.', String.raw`\.`)}\] - \d{4}-\d\d-\d\d$`),
    )
  })

  it('has each kind of change once in a section', () => {
    for (const section of read('CHANGELOG.md').split(/^## /m)) {
      const kinds = [...section.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind)
      expect(new Set(kinds).size).toBe(kinds.length)
    }
  })

  it('is published with a statement of where it was built, by a workflow without a stored token', () => {
    const workflow = read('.github/workflows/release.yml')
    expect(workflow).toMatch(/id-token: write/)
    expect(workflow).toMatch(/npm publish --provenance --access public/)
    expect(workflow).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN|secrets\./)
  })

  it('installs only what the lock file names by its hash', () => {
    interface Entry {
      readonly link?: boolean
      readonly integrity?: string
    }
    const { packages }: { packages: Readonly<Record<string, Entry>> } = JSON.parse(read('package-lock.json'))
    const without = Object.entries(packages).filter(
      ([path, { link, integrity }]) => path.includes('node_modules/') && link !== true && integrity === undefined,
    )
    expect(without.map(([path]) => path)).toEqual([])
  })
})
