import { describe, expect, it } from 'vitest'
import { filesOf, installedBy, readPage, sectionOf } from './documented.ts'
import { FRAMEWORKS } from './rows.ts'

const RUNNERS: readonly (string | undefined)[] = ['node', 'bun', 'deno', 'wrangler']
const page = readPage()
const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)

describe('docs/frameworks.md', () => {
  it('has a row for each section with an application', () => {
    const applications = headings.filter((heading) => /^```(?:ts|js)\n/m.test(sectionOf(page, heading)))
    expect(applications).toEqual([...new Set(FRAMEWORKS.map(({ section }) => section))].sort(byPlace))
  })

  it.each(FRAMEWORKS.map((framework) => [framework.name, framework] as const))(
    'has the application of %s',
    (_, framework) => {
      const section = sectionOf(page, framework.section)
      expect(Object.keys(filesOf(section)).length).toBeGreaterThan(0)
      const lacking = installedBy(section).filter((name) => name !== 'corsmith' && !(name in framework.packages))
      expect(lacking).toEqual([])
    },
  )

  it.each(
    FRAMEWORKS.filter(({ start }) => RUNNERS.includes(start[0])).map(({ name, start }) => [name, start] as const),
  )('says how to start %s', (_, [program = '', ...args]) => {
    const told = [...sectionOf(page, 'Run it').matchAll(/`((?:npx )?(?:node|bun|deno|wrangler) [^`]*)`/g)]
    const words = told.map(([, command = '']) => command.replace('npx ', '').split(' '))
    // A row adds options of the tests between the same words.
    const isTold = ([own, ...rest]: readonly string[]) =>
      own === program && rest.filter((word) => !word.startsWith('-')).every((word) => args.includes(word))
    const isBuilt = /^(?:dist|build|\.output|serve|lambda|vercel|supabase)/.test(args.at(-1) ?? '')
    expect(isBuilt || words.some(isTold)).toBe(true)
  })

  it.each(FRAMEWORKS.filter(({ start }) => start[0] === 'env'))('names the variables of $name', (framework) => {
    // DENO_SERVE_ADDRESS is the tests' own: it gives the server a free port.
    const names = framework.start.flatMap((word) => /^(?!DENO_)([A-Z_]+)=/.exec(word)?.[1] ?? [])
    const section = sectionOf(page, framework.section)
    expect(names.filter((name) => !section.includes(`\`${name}\``))).toEqual([])
  })

  it('says nowhere that a section is missing', () => expect(() => sectionOf(page, 'Nowhere')).toThrow('no section'))
})

function byPlace(one: string, other: string): number {
  return headings.indexOf(one) - headings.indexOf(other)
}
