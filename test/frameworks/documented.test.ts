import { describe, expect, it } from 'vitest'
import { filesOf, installedBy, readPage, sectionOf } from './documented.ts'
import { FRAMEWORKS } from './rows.ts'

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

  it('says nowhere that a section is missing', () => expect(() => sectionOf(page, 'Nowhere')).toThrow('no section'))
})

function byPlace(one: string, other: string): number {
  return headings.indexOf(one) - headings.indexOf(other)
}
