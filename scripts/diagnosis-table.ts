/**
 * Counts what the diagnosis makes of every server with a mistake that the tests stage, and writes docs/diagnosis.md with `--write`. The
 * tests themselves write a line for each server; what they hold is stated in test/diagnose/settles.ts.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Settled } from '../test/diagnose/settles.ts'

const PAGE = 'docs/diagnosis.md'
const TESTS = ['test/diagnose/findings', 'test/diagnose/servers']

/** Runs the tests, and gathers what they wrote down. */
function rows(): readonly Settled[] {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-diagnosis-'))
  const file = join(folder, 'rows')
  try {
    writeFileSync(file, '')
    execFileSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', ...TESTS], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DIAGNOSIS_RECORD: file },
    })
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    return lines.map((line): Settled => JSON.parse(line))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Writes the page. */
function page(all: readonly Settled[]): string {
  const blocked = all.filter(({ isBlocked }) => isBlocked)
  const policies = all.filter(({ fix }) => fix === 'proven' || fix === 'asks' || fix === 'unproven')
  const count = (list: readonly Settled[], holds: (row: Settled) => boolean) => list.filter(holds).length
  const sum = (key: 'lost' | 'gained') => all.reduce((total, row) => total + row[key], 0)
  const tried = policies.filter(({ passes }) => passes !== null)
  const totals: readonly (readonly [string, string | number])[] = [
    ['servers with a mistake', all.length],
    ['of these, real components (nginx, Express, Django …)', count(all, ({ isReal }) => isReal)],
    ['the page is blocked', blocked.length],
    ['of these, the right cause comes first', count(blocked, ({ isFirst }) => isFirst)],
    ['the fix is a policy', policies.length],
    ['of these, proven before it is printed', count(policies, ({ fix }) => fix === 'proven')],
    ['printed with a question, because it takes something away', count(policies, ({ fix }) => fix === 'asks')],
    ['printed as not proven, with the reason', count(policies, ({ fix }) => fix === 'unproven')],
    ['the policy was applied, and the server checked again', tried.length],
    ['of these, the request passes', count(tried, ({ passes }) => passes === true)],
    ['the same fix was printed again', count(tried, ({ isRepeated }) => isRepeated)],
    ['pages that lost what they could read, without being asked', sum('lost')],
    ['strangers that gained', sum('gained')],
    ['the fix is a change of the page', count(all, ({ fix }) => fix === 'page')],
    ['of these, the changed request passes', count(all, ({ fix, passes }) => fix === 'page' && passes === true)],
    ['the fix is words: a switch of a platform, a network, an outage', count(all, ({ fix }) => fix === 'words')],
  ]
  const causes = [...new Set(all.map(({ cause }) => cause))].sort()
  const table = causes.map((cause) => {
    const own = all.filter((row) => row.cause === cause)
    const inOrder = own.filter(({ isBlocked }) => isBlocked)
    const first = inOrder.length === 0 ? '–' : `${count(inOrder, ({ isFirst }) => isFirst)} of ${inOrder.length}`
    const applied = own.filter(({ passes }) => passes !== null)
    const passing =
      applied.length === 0 ? '–' : `${count(applied, ({ passes }) => passes === true)} of ${applied.length}`
    const kinds = [...new Set(own.map(({ fix }) => WORDS[fix]))].join(', ')
    return `| [${cause}](findings.md#${cause}) | ${own.length} | ${count(own, ({ isReal }) => isReal)} | ${first} | ${kinds} | ${passing} |`
  })
  return `# What the diagnosis gets right

The tests stage servers with a mistake. \`corsmith check\` examines each of them. If the page is blocked, the staged cause has to come first. If the fix is a policy, the
test applies it: in front of the server, or pasted into the real component. If the fix is another request of the page, the test makes that request. Then it examines the
server again, and asks again for each page that could read before. A test fails if the same fix would be printed twice, if a page loses what it could read and the fix
asks nothing, or if a stranger gains.

A redirect to a login has two parts to its fix: the policy, and 401 instead of the redirect. The test applies both.

\`npm run docs:diagnosis\` runs all of it and writes this page.

| | |
| --- | --- |
${totals.map(([what, number]) => `| ${what} | ${number} |`).join('\n')}

## By cause

"First" counts the servers whose page is blocked by that cause. "Passes" counts those for which a test can apply the fix.

| cause | servers | real | first | the fix | passes |
| --- | --- | --- | --- | --- | --- |
${table.join('\n')}
`
}

const WORDS = {
  proven: 'policy, proven',
  asks: 'policy, with a question',
  unproven: 'policy, not proven',
  page: 'change of the page',
  words: 'words',
} as const

const text = page(rows())
if (process.argv.includes('--write')) writeFileSync(PAGE, text)
else process.stdout.write(text)
