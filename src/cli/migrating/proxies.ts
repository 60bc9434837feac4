/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Lists the files of a Next.js project that run before its routes. */
export function proxiesOf(config: string): readonly { readonly path: string; readonly text: string }[] {
  const folder = dirname(config)
  return [folder, join(folder, 'src')]
    .flatMap((place) =>
      ['proxy', 'middleware'].flatMap((name) => ['ts', 'js', 'mjs'].map((end) => join(place, `${name}.${end}`))),
    )
    .filter((path) => existsSync(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}
