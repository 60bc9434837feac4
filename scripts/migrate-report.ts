import { type Migration, migrate, peerNamed } from '../src/migrate/migrate.ts'
import type { PeerName } from '../src/migrate/peer.ts'
import { findOptions } from '../src/migrate/source/calls.ts'
import { policyText } from '../src/migrate/source/style.ts'

const BLOCK =
  /(^```(js|ts|py|java) (\w+)\n([\s\S]*?)^```\n\n<!-- report: npm run docs -->\n)[\s\S]*?(<!-- \/report -->)/gm

/** Fills in what `corsmith migrate` says about each snippet of a page. */
export function withReports(page: string): string {
  return page.replaceAll(BLOCK, (_, head: string, language: string, peer: string, code: string, end: string) => {
    return `${head}${reportOf(migrationsOf(code, language, peer as PeerName))}${end}`
  })
}

/** Migrates each set of options in a snippet. */
export function migrationsOf(code: string, language: string, name: PeerName): readonly Migration[] {
  const peer = peerNamed(name)
  const places = findOptions(code, language === 'py' ? 'python' : 'javascript', name)
  return places.flatMap(({ options, why }) => {
    if (options === null) throw new Error(`a snippet of ${name} is not read: ${why}`)
    return (peer?.parts?.(options) ?? [options]).map((set) => migrate(name, set))
  })
}

const DIRECTIONS = { refused: 'refused', wider: 'wider', other: 'on the wire' } as const

function reportOf(migrations: readonly Migration[]): string {
  const policies = migrations.map(({ policy }) => (policy === null ? '// no policy' : policyText(policy)))
  const rows = migrations.flatMap(({ changes }) =>
    changes.map(
      ({ what, before, after, direction, why, keep }) =>
        `| ${[DIRECTIONS[direction], `${what}: ${before} → ${after}`, why, keep].map(cell).join(' | ')} |`,
    ),
  )
  const notes = migrations.flatMap((each) =>
    each.notes.map(({ option, why, keep }) => `- \`${option}\`: ${cell(why)}: ${cell(keep)}`),
  )
  const table =
    rows.length === 0
      ? 'No behavior changes.\n'
      : `| direction | what changes | why | to keep it |\n| --- | --- | --- | --- |\n${[...new Set(rows)].join('\n')}\n`
  const noted = notes.length === 0 ? '' : `${[...new Set(notes)].join('\n')}\n\n`
  return `\nbecomes\n\n\`\`\`js\n${policies.join('\n')}\n\`\`\`\n\n${noted}${table}\n`
}

/** Stars, bars and angle brackets would be Markdown. */
function cell(text: string): string {
  return text.replaceAll(/[*|<>_[\]{}]/g, '\\$&')
}
