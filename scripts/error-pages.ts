// Writes docs/errors/*.md out of the catalogue and its prose. `--check` tells whether they are in sync.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DEFECTS, type IssueCode, SOURCES, WARNINGS } from '../src/policy/catalogue.ts'
import { PROSE } from './error-prose.ts'

const DOCS = join(import.meta.dirname, '..', 'docs')

interface Rule {
  readonly code: IssueCode
  readonly sentence: string
  readonly spec: string
  readonly severity: 'error' | 'warning'
}

/** Every rule, defects before warnings. */
const RULES: readonly Rule[] = [DEFECTS, SOURCES, WARNINGS].flatMap((table) =>
  Object.entries(table).flatMap(([spec, sentences]) =>
    Object.entries<string>(sentences).map(([code, sentence]) => ({
      code: code as IssueCode,
      sentence,
      spec,
      severity: table === WARNINGS ? ('warning' as const) : ('error' as const),
    })),
  ),
)

/** Every generated file of docs/, by its path below it. */
export function generatedDocs(): Map<string, string> {
  const pages = RULES.map((rule) => [`errors/${rule.code}.md`, pageFor(rule)] as const)
  return new Map([...pages, ['errors/README.md', indexOf(RULES)]])
}

function pageFor({ code, sentence, spec, severity }: Rule): string {
  const { mistake, why, fix } = PROSE[code]
  const lines = [
    `# ${code}`,
    '',
    `> ${sentence}`,
    '',
    severity === 'warning' ? 'A warning: the policy constructs.' : 'An error: the policy does not construct.',
    '',
    '## The mistake',
    '',
    '```js',
    inCall(mistake),
    '```',
    '',
    '## Why',
    '',
    why,
    ...(spec === '' ? [] : ['', `The standard: <${spec}>`]),
    '',
    '## Instead',
    '',
    '```js',
    inCall(fix),
    '```',
    '',
  ]
  return lines.join('\n')
}

function inCall(expression: string): string {
  return expression.startsWith('policyFrom') ? expression : `createCors(${expression})`
}

function indexOf(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ code, severity, sentence }) => `| [${code}](${code}.md) | ${severity} | ${sentence.replaceAll('|', '\\|')} |`,
  )
  return ['# What a policy can have wrong', '', '| code | severity | rule |', '|---|---|---|', ...rows, ''].join('\n')
}

/** The paths of what is missing, superfluous or out of date. */
export function outOfSync(): string[] {
  const expected = generatedDocs()
  const present = readdirSync(join(DOCS, 'errors')).map((name) => `errors/${name}`)
  const stale = [...expected].filter(([path, text]) => readIfPresent(join(DOCS, path)) !== text).map(([path]) => path)
  return [...stale, ...present.filter((path) => !expected.has(path))]
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--check')) {
    for (const path of outOfSync()) console.error(`docs/${path} is out of date: npm run docs`)
    process.exitCode = outOfSync().length === 0 ? 0 : 1
  } else {
    rmSync(join(DOCS, 'errors'), { recursive: true, force: true })
    mkdirSync(join(DOCS, 'errors'), { recursive: true })
    for (const [path, text] of generatedDocs()) writeFileSync(join(DOCS, path), text)
  }
}
