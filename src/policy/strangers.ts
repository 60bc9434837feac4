import { isLoopbackHost } from '../spec/origins.ts'
import { hostsIn, portsIn, wordsIn } from './literals.ts'
import type { OriginContext } from './origin-meaning.ts'

/** An origin that nobody means to allow, unless another one is allowed too that makes it plausible. */
export type Canary = readonly [origin: string, unless?: string | undefined]

/** In what follows, `~` is a label that cannot be guessed, and `^` a host or a word. What has no scheme is meant with both. */
export const STRANGERS =
  'https://~.test https://www.~.example http://~.test:8080 https://~.com https://~.~.com http://~.org https://~.github.io chrome-extension://~aaaabbbbccccddddeeeeff'
export const LOOK_ALIKES = '^.~.test ~.^.~.test ^~.test ~.^~.test ^-~.test ~.^-~.test ~-^.test'

/** Makes a label that no predicate can know. Letters only, to stand beside any other. */
export function randomLabel(): string {
  return Array.from({ length: 10 }, () => String.fromCharCode(0x61 + Math.floor(Math.random() * 26))).join('')
}

/** Origins that have nothing to do with anybody, and those that look like a host, or hold a word, that a source text names. */
export function strangers(source: string, label: string, context: OriginContext): Canary[] {
  const { has, isPublicSuffix } = context
  const mayBeStrangers = has('dangerouslyAllowPublicSuffixes')
  const hosts = hostsIn(source)
  const forms = [...hosts, ...wordsIn(source)].flatMap((name) => LOOK_ALIKES.replaceAll('^', name).split(' '))
  const canaries: Canary[] = [...STRANGERS.split(' '), ...forms].map((form) => [form])
  for (const host of hosts) {
    const parent = host.slice(host.indexOf('.') + 1)
    const isOwn = isPublicSuffix(parent)
    if (isPublicSuffix(host) && host.includes('.') && !mayBeStrangers) canaries.push([`~.${host}`])
    // Below a domain of one's own, a name of any form may be meant; then a name of another form is allowed as well.
    canaries.push([`~${host}`, isOwn ? undefined : `~.${parent}`])
    if (isOwn && !mayBeStrangers) canaries.push([`~-${host}`])
    for (const other of withoutDots(host)) canaries.push([other], [`~.${other}`])
    if (!has('dangerouslyAllowInsecureOrigins')) canaries.push([`~https://${host}`])
  }
  return filled(canaries, source, label)
}

/** The hosts that a source text names, over a scheme that anyone between can speak for. */
export function downgrades(source: string, label: string): Canary[] {
  const hosts = hostsIn(source).filter((host) => !isLoopbackHost(host))
  return filled(
    hosts.flatMap((host): Canary[] => [[`http://${host}`], [`http://~.${host}`]]),
    source,
    label,
  )
}

function filled(canaries: readonly Canary[], source: string, label: string): Canary[] {
  const ports = ['', ...portsIn(source)]
  return canaries.flatMap(([origin, unless]) =>
    (origin.includes('://') ? [''] : ['https://', 'http://']).flatMap((scheme) =>
      ports.map((port): Canary => {
        const fill = (form: string): string => scheme + form.replaceAll('~', label) + port
        return [fill(origin), unless && fill(unless)]
      }),
    ),
  )
}

/** The same names with another character for each dot: an unescaped dot of a regular expression matches it. */
function withoutDots(host: string): string[] {
  return Array.from(host.matchAll(/\./g), ({ index }) => `${host.slice(0, index)}x${host.slice(index + 1)}`)
}
