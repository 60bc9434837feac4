import { existsSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join, matchesGlob, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const pages: string[] = []
for await (const file of glob(['*.md', 'docs/**/*.md', 'examples/**/*.md'], {
  cwd: root,
  exclude: (name) => ['node_modules', 'api', '.vitepress'].includes(name),
}))
  pages.push(file)

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** A page without its code: a link in code is no link. */
function prose(page: string): string {
  return page.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ' '))
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  const anchors = [...page.replaceAll(/^```.*?^```/gms, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
  return new Set([...anchors, ...[...page.matchAll(/<a (?:name|id)="([^"]+)"/g)].map(([, id = '']) => id)])
}

interface Link {
  readonly page: string
  readonly target: string
}

const links: readonly Link[] = pages.flatMap((page) => {
  const text = prose(read(page))
  const inline = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map(([, target = '']) => target)
  const named = [...text.matchAll(/^\[[^\]]+\]: (\S+)/gm)].map(([, target = '']) => target)
  return [...inline, ...named].filter((target) => !/^[a-z]+:/.test(target)).map((target) => ({ page, target }))
})

/** Says what is wrong with a link; null where it leads somewhere. */
function fault({ page, target }: Link): string | null {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : relative(root, join(root, dirname(page), decodeURIComponent(path)))
  if (!existsSync(join(root, file))) return `${page}: ${target}: there is no ${file}`
  if (anchor === undefined || !file.endsWith('.md')) return null
  return anchorsOf(read(file)).has(decodeURIComponent(anchor))
    ? null
    : `${page}: ${target}: ${file} has no such heading`
}

describe('links of the documentation', () => {
  it('are many', () => expect(links.length).toBeGreaterThan(100))

  it('lead somewhere', () => expect(links.map(fault).filter((text) => text !== null)).toEqual([]))

  it('lead from a page of the package to files of the package', () => {
    const { files }: { files: readonly string[] } = JSON.parse(read('package.json'))
    // npm packs a folder with all that is in it.
    const matches = (file: string, pattern: string) => matchesGlob(file, pattern) || matchesGlob(file, `${pattern}/**`)
    const isPacked = (file: string) =>
      files.some((pattern) => !pattern.startsWith('!') && matches(file, pattern)) &&
      !files.some((pattern) => pattern.startsWith('!') && matches(file, pattern.slice(1)))
    const inside = links.flatMap(({ page, target }) => {
      const [path = ''] = target.split('#')
      return path === '' || !isPacked(page) ? [] : [{ page, file: join(dirname(page), decodeURIComponent(path)) }]
    })
    expect(inside.length).toBeGreaterThan(100)
    expect(inside.filter(({ file }) => !isPacked(file))).toEqual([])
  })

  it('are told from those that do not', () => {
    expect(fault({ page: 'README.md', target: 'docs/nowhere.md' })).toMatch(/there is no docs/)
    expect(fault({ page: 'README.md', target: 'docs/check.md#nowhere' })).toMatch(/no such heading/)
    expect(fault({ page: 'README.md', target: 'docs/check.md#in-ci' })).toBeNull()
  })
})
