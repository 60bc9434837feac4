import { isLoopbackHost } from '../spec/origins.ts'
import { hostsIn, portsIn, wordsIn } from './literals.ts'
import type { OriginContext } from './origin-meaning.ts'

/** An origin that nobody means to allow, unless another one is allowed too that makes it plausible. */
export type Canary = readonly [origin: string, unless?: string | undefined]

/** In what follows, `~` is a label that cannot be guessed, and `^` a host or a word that a predicate looks for. */
const STRANGERS =
  'https://~.test https://www.~.example http://~.test:8080 https://~.com https://~.~.com http://~.org https://~.github.io chrome-extension://~aaaabbbbccccddddeeeeff'
const LOOK_ALIKES = '^.~.test ~.^.~.test ^~.test ~.^~.test ^-~.test ~.^-~.test ~-^.test'

/** Makes a label that no predicate can know. Letters only, to stand beside any other. */
export function randomLabel(): string {
  return Array.from({ length: 10 }, () => String.fromCharCode(0x61 + Math.floor(Math.random() * 26))).join('')
}

/** Origins that have nothing to do with anybody, and those that look like a host, or hold a word, that a source text names. */
export function strangers(source: string, label: string, context: OriginContext): Canary[] {
  const { has, isPublicSuffix } = context
  const mayBeStrangers = has('dangerouslyAllowPublicSuffixes')
  const hosts = hostsIn(source)
  const alike = [...hosts, ...wordsIn(source)].flatMap((name) =>
    LOOK_ALIKES.split(' ').flatMap((form) => inBothSchemes(form.replace('^', name))),
  )
  for (const host of hosts) {
    const parent = host.slice(host.indexOf('.') + 1)
    const isOwn = isPublicSuffix(parent)
    if (isPublicSuffix(host) && host.includes('.') && !mayBeStrangers) alike.push(...inBothSchemes(`~.${host}`))
    // Below a domain of one's own, a name of any form may be meant; then a name of another form is allowed as well.
    alike.push(...inBothSchemes(`~${host}`, isOwn ? undefined : `~.${parent}`))
    if (isOwn && !mayBeStrangers) alike.push(...inBothSchemes(`~-${host}`))
    for (const other of withoutDots(host)) alike.push(...inBothSchemes(other), ...inBothSchemes(`~.${other}`))
    if (!has('dangerouslyAllowInsecureOrigins')) alike.push([`~https://${host}`])
  }
  return onPorts(source, label, [...STRANGERS.split(' ').map((origin): Canary => [origin]), ...alike])
}

/** The hosts that a source text names, over a scheme that anyone between can speak for. */
export function downgrades(source: string, label: string): Canary[] {
  const hosts = hostsIn(source).filter((host) => !isLoopbackHost(host))
  return onPorts(
    source,
    label,
    hosts.flatMap((host): Canary[] => [[`http://${host}`], [`http://~.${host}`]]),
  )
}

function inBothSchemes(host: string, unless?: string): Canary[] {
  return ['https://', 'http://'].map((scheme) => [scheme + host, unless && scheme + unless])
}

function onPorts(source: string, label: string, canaries: readonly Canary[]): Canary[] {
  const ports = ['', ...portsIn(source)]
  const fill = (origin: string, port: string): string => origin.replaceAll('~', label) + port
  return canaries.flatMap(([origin, unless]) =>
    ports.map((port): Canary => [fill(origin, port), unless && fill(unless, port)]),
  )
}

/** The same names with another character for each dot: an unescaped dot of a regular expression matches it. */
function withoutDots(host: string): string[] {
  return Array.from(host.matchAll(/\./g), ({ index }) => `${host.slice(0, index)}x${host.slice(index + 1)}`)
}
