/** Writes docs/layers.md from the table of targets and what `npm run test:targets -- --record` saw. */
import { readFileSync, writeFileSync } from 'node:fs'
import { rowOf, type TargetName } from '../src/targets/table.ts'
import { targets } from '../src/targets.ts'
import { IN_CHROMIUM } from '../test/targets/real/in-chromium.ts'
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

A request passes several layers on its way to an API: perhaps a cloud's gateway, a proxy such as nginx, and the framework of the application. A bucket of files is a layer too.
Each of them can answer for CORS, in a language of its own. Let exactly one of them answer: if two layers send \`Access-Control-Allow-Origin\`, the browser
sees two values and blocks every page.

\`corsmith compile\` writes your policy for the layer that answers. \`corsmith import\` reads the configuration of a layer as a policy, and \`corsmith diff\` and \`corsmith lint\`
compare and check it.

\`\`\`sh
corsmith compile nginx policy.json -o cors.conf   # what nginx cannot express goes to standard error
corsmith import nginx nginx.conf                  # the policy that a configuration expresses
corsmith diff nginx.conf policy.json              # what the policy would allow beyond it, and whether it drifted
corsmith lint nginx.conf                          # what the configuration allows by mistake
corsmith import settings.py                       # the policy that application code gives to its library
\`\`\`

\`import\`, \`diff\` and \`lint\` also read application code, without running it: the options of \`cors\` (\`express\`, \`nestjs\`), \`hono/cors\`, \`@fastify/cors\`,
\`@koa/cors\`, Flask-CORS, django-cors-headers and Spring. What is not written out counts as not allowed and is listed with its line: variables,
conditions, \`from .base import *\`, \`app.config\`, paths. A library's default never stands for a setting that another file may give. For what changes when
you move away from such a library, see [migrate](migrate.md).

A header line in nginx, as guides show it, is a policy of one origin:

\`\`\`nginx
location /api/ {
    add_header 'Access-Control-Allow-Origin' 'https://www.example.com' always;
    proxy_pass http://127.0.0.1:3000;
}
\`\`\`

\`\`\`sh
corsmith import nginx nginx.conf   # { "origins": ["https://www.example.com"] }, and the location as what was left out
\`\`\`

[examples/every-layer](../examples/every-layer) compiles one policy for nginx, the Gateway API, Envoy and S3, and finds drift.

## Which layer to choose

Take the first line that fits:

1. **The application runs on JavaScript, and you can change it.** Let it answer, with [an adapter](adapters.md) of corsmith. It can express every policy, and the application's
   errors carry the headers too.
2. **The application is written in another language, or has to keep the CORS package of its framework.** Compile the policy for that package: \`flask\`, \`django\`, \`spring\`,
   \`express-cors\` and others. The table below lists what it cannot express; if your policy needs that, read on.
3. **You cannot change the application.** Let a proxy in front of it answer:
   - [the edge proxy](edge.md) of corsmith, if you can run it. It can express every policy.
   - nginx, Apache, Caddy, HAProxy or Varnish, if one of them is there already. They can express every policy but patterns of exposed headers (\`X-Own-*\`).
4. **A platform team owns the routes, in Envoy or the Kubernetes Gateway API.** Let the gateway answer. It can express lists of origins, methods and headers, but no
   patterns of headers, and no \`timingAllowOrigin\`.
5. **Pages read files from a bucket, or call a cloud function without a proxy.** Let the cloud answer. Many clouds take no patterns of origins and only some methods, and limit
   how long a list may be.

A page can read an error only if it carries the headers. If nginx answers 502 because the application is down, only nginx, or a layer in front of it, can add them. Where pages have to
read such errors, let the outermost layer answer. The other layers must then send no CORS header: the head of each compiled text names the lines to remove.

### What if the target cannot express the policy?

Then the text allows less than the policy, and never more. \`corsmith compile\` says what it left out, which requests notice, and what to do instead. If a target can express
no origin of the policy, or would send credentials against it, nothing is written. With \`--fail-on loss\` a build fails if anything is left out.

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
    ['target', 'name', 'proof', 'in Chromium', 'read back', 'cannot express'],
    ...targets
      .filter(({ name }) => rowOf(name).by === 'itself')
      .map(({ name, title, proven, reads }) => {
        const row = rowOf(name)
        const limits = row.by === 'itself' ? limitsOf(row.can) : []
        const inChromium = yes(IN_CHROMIUM.includes(name))
        return [title, `\`${name}\``, provenBy(name, proven), inChromium, yes(reads), limits.join('; ') || 'nothing']
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

In the rest of [the targets](targets.md) corsmith itself runs, and can express every policy. The columns mean:

- **Proof.** *Run*: the tests start the real product, or the stand-in that is named. *Published*: the text follows what the makers of the product publish, and its head tells you so.
- **In Chromium.** The tests let real pages in Chromium send credentialed requests to the product that runs with the compiled text. The page of the policy reads a GET, a PUT after a
  preflight, a 404 and a 500. A page of another origin is blocked from each of them.
- **Read back.** \`corsmith import\` reads the configuration of the product.
- **Cannot express.** What is left out of the text, if a policy has it.

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
