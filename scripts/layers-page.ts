/** Writes docs/layers.md from the table of targets and what `npm run test:targets -- --record` saw. */
import { readFileSync, writeFileSync } from 'node:fs'
import { rowOf, type TargetName } from '../src/targets/table.ts'
import { targets } from '../src/targets.ts'
import { ROWS } from '../test/targets/real/rows.ts'
import { aligned, limitsOf } from './targets-page.ts'

/** What was seen of a target; test/targets/run.ts writes it. */
interface Recorded {
  readonly target: TargetName
  readonly version: string
  readonly limits: Readonly<Record<string, string>>
  readonly policies: number
  readonly refused: number
  readonly requests: number
  readonly listed: number
  readonly wider: number
  readonly unlisted: number
  /** How many of the texts that ran were read back, and said their policy; absent where no reader exists. */
  readonly readBack?: number
}

const HEAD = `<!-- Written by \`npm run docs\`. Change scripts/layers-page.ts, src/targets/ or test/targets/proofs.json. -->

# Every layer

CORS is decided in gateways, proxies, frameworks and buckets. One of them has to answer, and the others have to be silent: two layers that both speak
block every page. \`corsmith compile\` writes one policy for the layer that answers, \`corsmith import\` reads it back, and \`corsmith diff\` and \`corsmith lint\` compare
and check what is there.

\`\`\`sh
corsmith compile nginx policy.json -o cors.conf   # never wider; what nginx cannot say goes to standard error
corsmith import nginx nginx.conf                  # the policy that a configuration says
corsmith diff nginx.conf policy.json              # what the policy would allow beyond it, and whether it drifted
corsmith lint nginx.conf                          # what the configuration lets in by mistake
corsmith import settings.py                       # the policy that application code gives to its library
\`\`\`

\`import\`, \`diff\` and \`lint\` also read application code, without running it: the options of \`cors\` (\`express\`, \`nestjs\`), \`hono/cors\`, \`@fastify/cors\`,
\`@koa/cors\`, Flask-CORS, django-cors-headers and Spring. What is not written out counts as not allowed and is listed with its line: variables,
conditions, \`from .base import *\`, \`app.config\`, paths. A library's default never stands for a setting that another file may give. For what changes when
you move away from such a library, see [migrate](migrate.md).

## Which layer to choose

- **The application, with corsmith in it.** Everything of a policy can be said there, and errors carry the headers. Choose it where you can.
- **The edge proxy of corsmith** (\`corsmith compile proxy\`). It says everything as well, in front of any API. Choose it where the application cannot be changed.
- **nginx, Apache, Caddy, HAProxy or Varnish.** They say nearly everything; patterns of exposed headers are missing. Choose the outermost one that sees every answer.
- **Envoy and the Gateway API.** Lists alone, and no \`Timing-Allow-Origin\`. Choose them where a platform team owns the routes.
- **Clouds and buckets.** Exact origins for the most part, few methods, and limits on the number of entries. Choose them for files, or where nothing else stands in front.

A policy that a target cannot express is cut, never widened. \`--fail-on loss\` lets a build fail instead.

`

const yes = (flag: boolean) => (flag ? 'yes' : '')

/** Writes docs/layers.md. */
export function layersPage(recorded: readonly Recorded[]): string {
  const provenBy = (name: string, isRun: boolean) => {
    const [, standIn] = /^([A-Z]\w+) /.exec(recorded.find(({ target }) => target === name)?.version ?? '') ?? []
    if (!isRun) return 'published'
    return standIn === undefined ? 'run' : `run in ${standIn}`
  }
  const overview = aligned([
    ['target', 'name', 'proof', 'read back', 'cannot say'],
    ...targets
      .filter(({ name }) => rowOf(name).by === 'itself')
      .map(({ name, title, proven, reads }) => {
        const row = rowOf(name)
        const limits = row.by === 'itself' ? limitsOf(row.can) : []
        return [title, `\`${name}\``, provenBy(name, proven), yes(reads), limits.join('; ') || 'nothing']
      }),
  ])
  const counts = aligned([
    ['target', 'version', 'policies', 'requests', 'refused for a listed loss', 'wider', 'unlisted', 'read back'],
    ...recorded.map(({ target, version, policies, requests, listed, wider, unlisted, readBack = 0 }) => [
      ...[target, version, policies, requests, listed, wider, unlisted].map(String),
      readBack === 0 ? '' : String(readBack),
    ]),
  ])
  const names = recorded.map(({ target }) => target)
  const rows = aligned([
    ['row', ...names],
    ...ROWS.map(({ name, needs }) => [
      name,
      ...recorded.map(({ target, limits }) => {
        if (needs === 'server' && rowOf(target).kind !== 'server') return '–'
        return name in limits ? 'no' : 'yes'
      }),
    ]),
  ])
  const reasons = recorded.flatMap(({ target, limits }) =>
    [...new Set(Object.values(limits))].map((reason) => `- \`${target}\`: ${reason}.`),
  )
  return `${HEAD}## The targets

Corsmith itself runs in the rest of [the targets](targets.md), and says everything there. **Run**: the tests start the real product, or the stand-in that is named. **Published**: the text follows what its
makers publish, and says so in its head.

${overview}

## The proof

\`npm run test:targets\` starts each product in front of an API that speaks CORS itself, fails, redirects, streams and asks preflights for a login. It attacks it with 500 random policies
and hostile origins, and compares each verdict with the engine's. *Wider* counts requests that the target shares and the engine refuses. *Unlisted* counts requests that it refuses
beyond the engine without a loss that says so. *Read back* counts texts that the product ran with and that \`corsmith import\` reads as their policy. A fault that is planted into the text of any of them is found.

${counts}

\`s3\` runs in LocalStack. It compares the names in \`AllowedHeaders\` as they are, so a pattern such as \`X-Amz-*\` allows nothing there, and S3 itself takes it: those requests
are left out of *unlisted*. For \`s3\` and \`go\` the hosts that no page can have (\`a..b\`) are not compared: their \`*\` matches them too.

${rows}

${reasons.join('\n')}
`
}

/** Reads what was recorded. */
export function readRecorded(): readonly Recorded[] {
  return JSON.parse(readFileSync('test/targets/proofs.json', 'utf8')) as readonly Recorded[]
}

if (import.meta.main) writeFileSync('docs/layers.md', layersPage(readRecorded()))
