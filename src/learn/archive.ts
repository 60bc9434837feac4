import type { HeaderLine } from '../browser/wire.ts'
import { parseHar } from '../diagnose/imports/har.ts'
import { type Sighting, sightingOf } from './observation.ts'

/**
 * Reads the CORS requests of a HAR archive, blocked or not.
 *
 * @throws {TypeError} for a text that is not an archive, or that holds no such request
 */
export function sightingsOfArchive(text: string): readonly Sighting[] {
  const sightings = parseHar(text)
    .filter(({ kind }) => kind === 'cors')
    .flatMap(({ request: { origin, method = 'GET', headers = [], credentials, url } }) => {
      if (origin === undefined) return []
      const lines = (Array.isArray(headers) ? headers : Object.entries(headers)) as readonly HeaderLine[]
      return [
        sightingOf({
          origin,
          method,
          headers: lines.filter(([name]) => name.toLowerCase() !== 'cookie'),
          credentials: credentials === 'include' || lines.some(([name]) => name.toLowerCase() === 'cookie'),
          place: `${method} ${new URL(url).pathname}`,
        }),
      ]
    })
  if (sightings.length === 0)
    throw new TypeError('this archive holds no CORS request: record the page while it calls the API')
  return sightings
}
