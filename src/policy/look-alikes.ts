import { isLoopbackHost, isWeb, type OriginParts, parseOrigin } from '../spec/origins.ts'
import { LOOK_ALIKES, STRANGERS } from './strangers.ts'

/** So many characters are replaced at most. No domain that anybody can register is longer. */
const MOST_REPLACED = 80

/**
 * Origins that a predicate which allows this one has no reason to allow: the same host with more before or behind it, with another
 * character in the domain or for a dot, and hosts that have nothing to do with it. Each belongs to somebody else, who can register it.
 * `label` is a label that cannot be guessed.
 *
 * It makes no difference whether the origin is the one that was meant or a look-alike itself: what lets one in lets its neighbours in.
 * What is below the same domain is not among them: whether `https://x.example.com` is meant where `https://app.example.com` is allowed,
 * the predicate alone knows. Nor are hosts of apps and extensions, which nobody registers.
 */
export function lookAlikes(origin: OriginParts, label: string, isPublicSuffix: (host: string) => boolean): string[] {
  const { scheme, host, port } = origin
  const fill = (form: string, name: string): string => form.replaceAll('^', name).replaceAll('~', label)
  const strangers = STRANGERS.split(' ').map((form) => fill(form, ''))
  if (!isWeb(scheme)) return strangers
  const own = domainOf(host, isPublicSuffix)
  const around = [fill(LOOK_ALIKES, host), fill('~^ ~-^', own)].join(' ').split(' ')
  const near = replaced(host, own, label).map((form) => (port === '' ? form : `${form}:${port}`))
  const forms = [...around, ...near, ...(port === '' ? [] : around.map((form) => `${form}:${port}`))]
  return [
    ...forms.map((form) => `${scheme}://${form}`),
    // Where names below a public suffix are meant, this may be one of them.
    ...strangers.filter((stranger) => !stranger.endsWith(`.${own}`)),
  ].filter((text) => parseOrigin(text) !== null)
}

/**
 * The host with another letter for one character: each of the domain, and the dot before it. An open dot of a regular expression matches
 * it. What is replaced further ahead leaves the domain as it is.
 */
function replaced(host: string, own: string, label: string): string[] {
  const first = Math.max(host.length - own.length - 1, 0, host.length - MOST_REPLACED)
  return Array.from(host.slice(first), (character, i) => {
    const letter = Array.from(label).find((each) => each !== character) ?? 'x'
    return `${host.slice(0, first + i)}${letter}${host.slice(first + i + 1)}`
  })
}

/** No domain that anybody can register has more labels. */
const MOST_LABELS = 8

/** The part of a host that its owner registered: one label more than the longest public suffix. */
function domainOf(host: string, isPublicSuffix: (host: string) => boolean): string {
  if (isLoopbackHost(host)) return 'localhost'
  const labels = host.split('.').slice(-MOST_LABELS)
  const first = labels.findIndex((_, i) => isPublicSuffix(labels.slice(i + 1).join('.')))
  return labels.slice(Math.max(first, 0)).join('.')
}
