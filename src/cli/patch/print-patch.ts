import { clip, quoted } from '../../diagnose/page-request.ts'
import { printable } from '../../diagnose/report/printable.ts'
import { proofLine } from '../../diagnose/report/proof-line.ts'
import { type Diagnosis, type Fix, snippet, TARGETS, type Target } from '../../diagnose.ts'
import { readText } from '../files.ts'
import { type Io, UsageError } from '../io.ts'
import { patchEnvoy } from './envoy.ts'
import { patchHttpRoute } from './gateway-api.ts'
import { patchNginx } from './nginx.ts'
import { NoPatch } from './nginx-place.ts'
import { readNginx } from './nginx-tree.ts'
import { unifiedDiff } from './unified-diff.ts'
import { loadYaml, openYaml } from './yaml-file.ts'

/** A configuration file. */
export interface ConfigFile {
  readonly path: string
  readonly text: string
}

/** Reads the file of `--config`. */
export function readConfig(path: string): ConfigFile {
  return { path, text: readText(path) }
}

/** The targets whose configuration is changed, and how the result is tried. */
const PATCHED: Partial<Readonly<Record<Target, string>>> = {
  nginx: 'nginx -t',
  envoy: 'envoy --mode validate -c',
  'gateway-api': 'kubectl apply --dry-run=server -f',
}

/** Returns the target that a configuration is written in; undefined if it is not known. */
export function targetOfConfig({ text }: ConfigFile): Target | undefined {
  if (/^[ \t]*['"]?static_resources['"]?[ \t]*:/m.test(text)) return 'envoy'
  if (/^[ \t]*['"]?kind['"]?[ \t]*:[ \t]*['"]?HTTPRoute\b/m.test(text)) return 'gateway-api'
  try {
    const isNginx = readNginx(text).directives.some(
      ({ words, block }) => block !== null && /^(?:http|server)$/.test(words[0] ?? ''),
    )
    return isNginx ? 'nginx' : undefined
  } catch {
    return undefined
  }
}

/** Changes a configuration of a target. */
async function changed(target: Target, text: string, fix: string, url: URL): Promise<string> {
  if (target === 'nginx') return patchNginx(text, fix, url)
  const yaml = await loadYaml()
  const file = openYaml(yaml, text)
  const read = (part: string): unknown => yaml.parse(part) as unknown
  if (target === 'envoy') {
    const [filters = '', host = ''] = fix.split(/^# in .*\n/m).slice(1)
    patchEnvoy(file, { filter: (read(filters) as unknown[])[0], host: read(host) as Record<string, unknown> }, url)
  } else patchHttpRoute(file, (read(fix) as unknown[])[0], url)
  return file.text()
}

/**
 * Prints a fix as a unified diff of a configuration file, and nothing else on standard output. If no
 * patch can be written, it prints the text to paste instead, and says why.
 */
export async function printPatch(diagnosis: Diagnosis, config: ConfigFile | null, io: Io): Promise<void> {
  const { conclusion, findings, call } = diagnosis
  const first = findings.find(({ severity, fix }) => fix !== null && severity !== 'info')
  const fix = first?.fix ?? null
  const say = (text: string) => io.warn(`${printable(clip(text, 1200))}\n`)
  say(`${conclusion}${first === undefined ? '' : `: ${first.message} (${first.code})`}`)
  if (fix === null) {
    say('No patch: there is nothing to change.')
    return
  }
  say(`Fix (${TARGETS[fix.target]}): ${fix.advice}`)
  for (const ask of fix.asks) say(`Decide first: ${ask}`)
  if (fix.proof !== null) say(proofLine(fix.proof))
  try {
    const { path, text } = patchable(fix, config)
    const pasted = snippet(fix.target, fix.policy ?? { origins: '*' }) ?? ''
    io.print(unifiedDiff(path, text, await changed(fix.target, text, pasted, call.url)))
    const trial = PATCHED[fix.target] ?? ''
    say(`Apply it with: patch ${path} fix.diff. Then: ${trial}${trial.endsWith(' -t') ? '' : ` ${path}`}`)
  } catch (error) {
    if (!(error instanceof NoPatch)) throw error
    say(`No patch: ${error.message}.${fix.snippet === null ? '' : ' This is the text to paste:'}`)
    if (fix.snippet !== null) io.print(fix.snippet.split('\n').map(printable).join('\n'))
  }
}

function patchable(fix: Fix, config: ConfigFile | null): ConfigFile {
  if (fix.policy === null || fix.snippet === null) throw new NoPatch('the fix does not change a configuration')
  if (config === null) throw new NoPatch('no configuration file was given (--config nginx.conf)')
  if (PATCHED[fix.target] === undefined)
    throw new NoPatch(
      `patches are written for nginx, Envoy and HTTPRoutes of the Gateway API, and this fix is for ${TARGETS[fix.target]}; if one of these should send the headers, add --for nginx, envoy or gateway-api`,
    )
  return config
}

/** Refuses options that `--patch` does not go with. */
export function checkPatchOptions(values: Readonly<Record<string, unknown>>): void {
  if (values.config !== undefined && values.patch !== true) throw new UsageError('--config needs --patch')
  const other = ['json', 'format', 'expect', 'message'].find(
    (name) => values.patch === true && values[name] !== undefined,
  )
  if (other !== undefined) throw new UsageError(`--patch cannot be used with ${quoted(`--${other}`)}`)
}
