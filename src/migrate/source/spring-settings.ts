import type { PeerOptions } from '../meaning.ts'
import { NOWHERE, type OptionsPlace } from './place.ts'

/** A setting of Spring Boot: its whole name, its value, and its line. */
export interface Setting {
  readonly name: string
  readonly value: unknown
  readonly line: number
}

const OPTIONS: Readonly<Record<string, string>> = {
  allowedorigins: 'allowedOrigins',
  allowedoriginpatterns: 'allowedOriginPatterns',
  allowedmethods: 'allowedMethods',
  allowedheaders: 'allowedHeaders',
  exposedheaders: 'exposedHeaders',
  allowcredentials: 'allowCredentials',
  allowprivatenetwork: 'allowPrivateNetwork',
  maxage: 'maxAge',
}

/** The settings that Spring reads itself, with the paths that they cover. */
const PLACES: readonly (readonly [prefix: RegExp, mapping: string | null])[] = [
  [/^management\.endpoints\.web\.cors$/, '/actuator/**'],
  [/^spring\.graphql\.cors$/, '/graphql'],
  [/^spring\.cloud\.gateway\.(?:server\.(?:webflux|webmvc)\.)?globalcors\.cors-?configurations\.(?<path>.+)$/i, null],
]

/** Reads the lines of a `.properties` file. */
export function propertiesIn(text: string): readonly Setting[] {
  return text
    .replaceAll(/\\\r?\n[ \t]*/g, '')
    .split('\n')
    .flatMap((row, i) => {
      const found = /^\s*(?![#!])([^=:\s]+(?:\[[^\]]*\][^=:\s]*)?)\s*[=:]\s*(.*?)\s*$/.exec(row)
      return found === null ? [] : [{ name: (found[1] ?? '').replaceAll('\\', ''), value: found[2] ?? '', line: i + 1 }]
    })
}

/** Lists the settings of a YAML file as whole names. */
export function settingsIn(value: unknown, text: string, prefix = ''): readonly Setting[] {
  const key = prefix.slice(prefix.lastIndexOf('.') + 1)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const at = text.split('\n').findIndex((row) => row.includes(key))
    return [{ name: prefix, value, line: at + 1 }]
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    settingsIn(inner, text, prefix === '' ? name : `${prefix}.${name}`),
  )
}

/** Makes the sets of CORS options of settings, one for each place. Others that say CORS are listed. */
export function springSettings(settings: readonly Setting[]): readonly OptionsPlace[] {
  const sets = new Map<string, { line: number; options: Record<string, unknown>; why: string | null }>()
  const others: OptionsPlace[] = []
  for (const { name, value, line } of settings) {
    const [, prefix = '', last = ''] = /^(.*)\.([A-Za-z-]+)(?:\[\d+\])?$/.exec(name) ?? []
    const option = OPTIONS[last.replaceAll('-', '').toLowerCase()]
    const place = PLACES.find(([pattern]) => pattern.test(prefix))
    if (option === undefined || (place === undefined && !/cors/i.test(prefix))) continue
    if (place === undefined) {
      others.push({ ...NOWHERE, line, options: null, why: `${name} is read by your own code, or by a route alone` })
      continue
    }
    const path = place[0].exec(prefix)?.groups?.path?.replaceAll(/^['"]?\[?|\]?['"]?$/g, '')
    const mapping = place[1] ?? path ?? '/**'
    // Spring Boot sets an age for the places that it reads itself.
    const set = sets.get(prefix) ?? {
      line,
      options: { mapping, ...(path === undefined ? { maxAge: 1800 } : {}) },
      why: null,
    }
    sets.set(prefix, set)
    if (/\$\{/.test(JSON.stringify(value))) set.why ??= `${name} is filled in when it runs`
    const isList = /^(?:allowedO|allowedM|allowedH|exposed)/.test(option)
    const known = set.options[option]
    set.options[option] =
      option === 'maxAge'
        ? secondsIn(value)
        : !isList
          ? value
          : [...(Array.isArray(known) ? known : []), ...entriesOf(value)]
  }
  const read = [...sets.values()].map(({ line, options, why }): OptionsPlace => {
    return { ...NOWHERE, line, options: why === null ? (options as PeerOptions) : null, why }
  })
  return [...read, ...others]
}

function entriesOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : String(value).split(/,(?![^[]*\])/)
  return list.map((entry) => String(entry).trim()).filter((entry) => entry !== '')
}

/** Reads an age with a unit, as in `30m`. */
function secondsIn(value: unknown): unknown {
  const [, number, unit = 's'] = /^(\d+)\s*(ms|s|m|h|d)?$/.exec(String(value)) ?? []
  const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }
  return number === undefined ? value : Number(number) * (units[unit] ?? 1)
}
