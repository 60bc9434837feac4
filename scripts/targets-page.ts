/** Writes docs/targets.md from the table of targets. A test says when it is out of date. */
import { writeFileSync } from 'node:fs'
import type { Can } from '../src/targets/can.ts'
import { rowOf, TARGET_NAMES, type TargetName } from '../src/targets/table.ts'

const HEAD = `<!-- Written by \`npm run docs\`. Change src/targets/. -->

# Targets

A target is a server, framework, gateway or bucket for which \`corsmith\` writes a policy. \`corsmith compile <target> policy.json\` writes a policy of yours, \`corsmith init <target>\` one to
begin with, and \`corsmith check --for <target>\` the fix of a request. All three use the same writer. In a program, \`corsmith/targets\` has it.

\`\`\`ts
import { compile } from 'corsmith/targets'

const { files, losses } = compile({ origins: ['https://app.example.com'] }, 'nginx')
\`\`\`

The text never allows more than the policy. What a target cannot express is left out. The head of the text and \`losses\` name it, with the requests that notice and with what to do instead. Every
text begins with the hash of its policy. It says where it goes, and which other CORS lines to remove: two layers that both answer block every page.

With \`--upstream http://127.0.0.1:3000 --listen 127.0.0.1:8080\`, \`corsmith compile\` writes a whole configuration with which nginx, Apache, Caddy, HAProxy, Varnish or Envoy starts.

The column **proof** says how the text is tested. **Run**: the tests start the real product with the text, in front of an API that answers CORS wrongly, breaks, redirects, streams, and asks preflights for a
login. Request by request, they compare what the simulator concludes with what the policy allows. **Published**: the tests do not start the product. The text follows what its makers publish.

A target that runs corsmith can express every policy but a predicate, which is code. No other target can express a predicate or \`refused: 'forbid'\`.

`

const GROUPS = [
  ['code', 'Frameworks and runtimes'],
  ['server', 'Servers and gateways'],
  ['cloud', 'Clouds and hosting'],
] as const

/** Writes docs/targets.md from the table of targets. */
export function targetsPage(): string {
  const groups = GROUPS.map(([kind, title]) => {
    const own = TARGET_NAMES.filter((name) => rowOf(name).kind === kind)
    const table = aligned([['target', 'name', 'proof', 'cannot express'], ...own.map((name) => tableRow(name))])
    return `## ${title}\n\n${table}\n\n${own.map((name) => section(name)).join('\n\n')}`
  })
  return `${HEAD}${groups.join('\n\n')}\n`
}

function tableRow(name: TargetName): readonly string[] {
  const row = rowOf(name)
  const limits = row.by === 'corsmith' ? [] : limitsOf(row.can)
  return [
    row.title,
    `\`${name}\``,
    row.proof === 'run' ? 'run' : 'published',
    limits.length > 0 ? limits.join('; ') : 'nothing',
  ]
}

/** A table as the formatter writes it: a page that is written and then formatted would never be up to date. */
export function aligned([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

function section(name: TargetName): string {
  const row = rowOf(name)
  const lines = [`Where: ${row.where}`, row.removes, ...(row.note === undefined ? [] : [row.note])].map(asText)
  const install = row.install == null ? [] : [`Install: \`${row.install}\``]
  return `### ${row.title}\n\n${[...install, ...lines].map((line) => `- ${line}`).join('\n')}`
}

/** Leaves Markdown and the site's templates nothing to read in a sentence. */
function asText(sentence: string): string {
  return sentence.replaceAll('<', '&lt;').replaceAll(/[*_\\]/g, '\\$&')
}

const PATTERNS = [
  ['labels', '`https://*.example.com`'],
  ['part', '`https://app-*.example.com`'],
  ['ports', '`http://localhost:*`'],
  ['any-host', '`moz-extension://*`'],
] as const

/** What a target cannot express, in a few words each. */
export function limitsOf(can: Can): readonly string[] {
  const patterns = PATTERNS.filter(([kind]) => !can.origins.includes(kind)).map(([, shown]) => shown)
  return [
    ...(patterns.length > 0 ? [`origins like ${patterns.join(', ')}`] : []),
    ...(can.strictHosts === true ? ['hosts like `a_b.example.com`'] : []),
    ...(can.mostOrigins === undefined ? [] : [`more than ${can.mostOrigins} origins`]),
    ...(CREDENTIALS[can.credentials] ?? []),
    ...(Array.isArray(can.methods) ? ['methods of your own'] : []),
    ...(can.methods === 'upper-case' ? ['methods in lower case'] : []),
    ...(can.anyMethod === 'always'
      ? []
      : [`\`'*'\` for methods${can.anyMethod === 'never' ? '' : ' beside credentials'}`]),
    ...(can.anyHeader === 'always' ? [] : [HEADERS[can.anyHeader]]),
    ...(can.headerPatterns ? [] : ['`X-Own-*` in request headers']),
    ...(can.anyExposed === false ? ["`'*'` for exposed headers"] : []),
    ...(can.exposedPatterns ? [] : ['`X-Own-*` in exposed headers']),
    ...(can.oneList === true ? ['a header that pages may only send, or only read'] : []),
    ...(can.timing ? [] : ['`timingAllowOrigin`']),
  ]
}

const CREDENTIALS: Readonly<Record<Can['credentials'], readonly string[]>> = {
  'as-said': [],
  never: ['credentials'],
  always: ['listed origins without credentials'],
}

const HEADERS: Readonly<Record<Exclude<Can['anyHeader'], 'always'>, string>> = {
  'without-credentials': "`'*'` for request headers beside credentials",
  all: "`'*'` for request headers without `Authorization`",
  'all-without-credentials': "`'*'` for request headers without `Authorization`, or beside credentials",
  never: "`'*'` for request headers",
}

if (import.meta.main) writeFileSync('docs/targets.md', targetsPage())
