import { isLoopbackHost, isWeb, type OriginParts, parseOrigin } from '../spec/origins.ts'
import { MOST_LABELS, MOST_REPLACED } from './limits.ts'

/**
 * Templates of origins that no policy means. They hold two placeholders:
 *
 * - `~` is a random label, which no predicate can know: `https://~.test` becomes
 *   `https://qkzfwmtbxa.test`.
 * - `^` is a host or a word that the predicate knows: with `app.example.com`, `^.~.test` becomes
 *   `app.example.com.qkzfwmtbxa.test`.
 *
 * A template without a scheme is used with `https:` and `http:`. Each host of `LOOK_ALIKE_HOSTS` is
 * accepted by one careless comparison: `^.~.test` by `startsWith`, `~-^.test` by `includes`.
 */
export const UNRELATED_ORIGINS =
  'https://~.test https://www.~.example http://~.test:8080 https://~.com https://~.~.com http://~.org https://~.github.io chrome-extension://~aaaabbbbccccddddeeeeff'
export const LOOK_ALIKE_HOSTS = '^.~.test ~.^.~.test ^~.test ~.^~.test ^-~.test ~.^-~.test ~-^.test'

/** Returns a random label for `~`. It has letters only, which may stand next to any character. */
export function randomLabel(): string {
  return Array.from({ length: 10 }, () => String.fromCharCode(0x61 + Math.floor(Math.random() * 26))).join('')
}

/** The end of a sentence about a predicate: an origin that it allows and should not. */
export function allows(origin: string): string {
  return `it allows ${JSON.stringify(origin)}`
}

/**
 * Returns origins that a predicate has no reason to allow because it allows this one: the same host
 * with text before or after it, with another character in the domain or in place of a dot, and
 * unrelated hosts. A stranger can register each of them. `label` is a random label.
 *
 * `https://app.example.com` gives `https://app.example.com.<label>.test`,
 * `https://<label>example.com`, `https://appxexample.com` and more.
 *
 * This also works if the origin is itself a look-alike, because a loose comparison accepts both.
 * Hosts below the same domain are left out, because a predicate
 * may mean them: `https://x.example.com` next to `https://app.example.com`. So are hosts of apps
 * and extensions, which are not registered.
 */
export function lookAlikes(origin: OriginParts, label: string, isPublicSuffix: (host: string) => boolean): string[] {
  const { scheme, host, port } = origin
  const fill = (form: string, name: string): string => form.replaceAll('^', name).replaceAll('~', label)
  const strangers = fill(UNRELATED_ORIGINS, '').split(' ')
  if (!isWeb(scheme)) return strangers
  const own = domainOf(host, isPublicSuffix)
  const around = `${fill(LOOK_ALIKE_HOSTS, host)} ${fill('~^ ~-^', own)}`.split(' ')
  const end = port && `:${port}`
  const near = replaced(host, own, label).map((form) => form + end)
  const forms = [...around, ...near, ...(end ? around.map((form) => form + end) : [])]
  return [
    ...forms.map((form) => `${scheme}://${form}`),
    // A predicate that means names below a public suffix may mean this one.
    ...strangers.filter((stranger) => !stranger.endsWith(`.${own}`)),
  ].filter((text) => parseOrigin(text) !== null)
}

/**
 * Returns the host with another letter in place of one character, for each character of the domain
 * and the dot before it. An unescaped dot of a regular expression matches such a host. Characters
 * further ahead are kept: a change there leaves the domain as it is.
 */
function replaced(host: string, own: string, label: string): string[] {
  const first = Math.max(host.length - own.length - 1, 0, host.length - MOST_REPLACED)
  return Array.from(host.slice(first), (character, i) => {
    const letter = label.replaceAll(character, '')[0] ?? 'x'
    return `${host.slice(0, first + i)}${letter}${host.slice(first + i + 1)}`
  })
}

/**
 * Returns the part of a host that its owner registered: the longest public suffix and one label
 * more.
 */
function domainOf(host: string, isPublicSuffix: (host: string) => boolean): string {
  if (isLoopbackHost(host)) return 'localhost'
  const labels = host.split('.').slice(-MOST_LABELS)
  const first = labels.findIndex((_, i) => isPublicSuffix(labels.slice(i + 1).join('.')))
  return labels.slice(Math.max(first, 0)).join('.')
}
