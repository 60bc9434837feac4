/**
 * Compares the reports of `migrate` with the libraries themselves: `npm run test:migrate`, or `-- express 500 7` for one library, another
 * number of option sets and another seed. Python packages are installed once, into a folder for temporary files.
 */
import { styleText } from 'node:util'
import type { PeerName } from '../../src/migrate/peer.ts'
import { differ } from './differential.ts'
import { startReal } from './real.ts'
import { runWritten } from './written/run.ts'

const NAMES: readonly PeerName[] = [
  ...(['express', 'hono', 'fastify', 'koa', 'h3', 'elysia', 'next', 'itty', 'remix', 'whatwg'] as const),
  ...(['flask', 'django', 'spring'] as const),
]
/** The libraries whose files are run before and after `--write`. */
const WRITTEN: readonly PeerName[] = [
  ...(['express', 'hono', 'h3', 'next', 'itty', 'remix', 'whatwg'] as const),
  ...(['flask', 'django', 'spring'] as const),
]
process.env.MIGRATE_INSTALL ??= '1'

const words = process.argv.slice(2)
const chosen = NAMES.filter((name) => words.every((word) => /^\d+$/.test(word)) || words.includes(name))
const [count = 250, seed = 20_261_129] = words.filter((word) => /^\d+$/.test(word)).map(Number)
let failures = 0
console.log('library                             sets  requests  differences  missed  invented')
for (const name of chosen) {
  await using real = await startReal(name)
  if (real === null) {
    console.log(styleText('yellow', `${name}: not installed, skipped`))
    if (process.env.CI !== undefined) failures++
    continue
  }
  const { peer, sets, requests, differences, missed, invented } = await differ(name, real, count, seed)
  // A library that refuses every set was not compared at all.
  failures += missed.length + invented.length + (sets === 0 ? 1 : 0)
  console.log(
    `${peer.padEnd(35)}${String(sets).padStart(5)}${String(requests).padStart(10)}${String(differences).padStart(13)}${String(missed.length).padStart(8)}${String(invented.length).padStart(10)}`,
  )
  for (const line of [
    ...missed.slice(0, 5).map((text) => `missed: ${text}`),
    ...invented.slice(0, 5).map((text) => `invented: ${text}`),
  ])
    console.log(styleText('red', `  ${line}`))
}
console.log('\nfiles that --write changes      as the report says')
for (const name of WRITTEN.filter((each) => chosen.includes(each))) {
  const outcomes = await runWritten(name)
  if (outcomes === null) {
    console.log(styleText('yellow', `${name}: not installed, skipped`))
    if (process.env.CI !== undefined) failures++
    continue
  }
  const wrong = outcomes.filter((outcome) => outcome.wrong.length > 0)
  failures += wrong.length
  console.log(`${name.padEnd(32)}${outcomes.length - wrong.length} of ${outcomes.length}`)
  for (const outcome of wrong)
    console.log(styleText('red', `  ${outcome.name}: ${outcome.wrong.slice(0, 5).join('; ')}`))
}
process.exitCode = failures > 0 ? 1 : 0
