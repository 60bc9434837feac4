import { isLoopbackHost } from '../spec/origins.ts'
import type { OriginContext } from './origin-meaning.ts'

/** An origin that nobody means to allow, `unless` another one is allowed too that makes it plausible. */
export interface Canary {
  readonly origin: string
  readonly unless?: string
}

/** Makes a label that cannot be guessed, so that no predicate can know it. Letters only, to stand beside any other. */
export function randomLabel(): string {
  let label = ''
  while (label.length < 10) label += String.fromCharCode(0x61 + Math.floor(Math.random() * 26))
  return label
}

/** Origins that have nothing to do with anybody. */
export function strangers(label: string): Canary[] {
  return [
    `https://${label}.test`,
    `https://www.${label}.example`,
    `http://${label}.test:8080`,
    `https://${label}.com`,
    `https://${label}.${label}.com`,
    `http://${label}.org`,
    `https://${label}.github.io`,
    `chrome-extension://${label}aaaabbbbccccddddeeeeff`,
  ].map((origin) => ({ origin }))
}

/** Strangers that look like a host, or hold a word, that a predicate looks for. */
export function lookAlikes(
  hosts: readonly string[],
  words: readonly string[],
  label: string,
  { isPublicSuffix, allowInsecure, allowPublicSuffixes }: OriginContext,
): Canary[] {
  const canaries: Canary[] = []
  const add = (host: string, unless?: string): void => {
    for (const scheme of ['https', 'http']) {
      canaries.push({
        origin: `${scheme}://${host}`,
        ...(unless === undefined ? {} : { unless: `${scheme}://${unless}` }),
      })
    }
  }
  for (const host of [...hosts, ...words]) {
    for (const ending of [`.${label}.test`, `${label}.test`, `-${label}.test`]) {
      add(host + ending)
      add(`${label}.${host}${ending}`)
    }
    add(`${label}-${host}.test`)
  }
  for (const host of hosts) {
    const parent = host.slice(host.indexOf('.') + 1)
    const isOwn = isPublicSuffix(parent)
    if (isPublicSuffix(host) && host.includes('.') && !allowPublicSuffixes) add(`${label}.${host}`)
    // Below a domain of one's own, a name of any form may be meant; then a name of another form is allowed as well.
    add(label + host, isOwn ? undefined : `${label}.${parent}`)
    if (isOwn && !allowPublicSuffixes) add(`${label}-${host}`)
    for (const other of withoutDots(host)) {
      add(other)
      add(`${label}.${other}`)
    }
    if (!allowInsecure) canaries.push({ origin: `${label}https://${host}` })
  }
  return canaries
}

/** The same names with another character for each dot: an unescaped dot of a regular expression matches it. */
function withoutDots(host: string): string[] {
  const names: string[] = []
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    names.push(`${host.slice(0, dot)}x${host.slice(dot + 1)}`)
  }
  return names
}

/** The hosts that a predicate looks for, over a scheme that anyone between can speak for. */
export function downgrades(hosts: readonly string[], label: string): Canary[] {
  return hosts
    .filter((host) => !isLoopbackHost(host))
    .flatMap((host) => [{ origin: `http://${host}` }, { origin: `http://${label}.${host}` }])
}
