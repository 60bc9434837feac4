/** The command line of `npm start`. */

import { parseArgs } from 'node:util'

/** The ports to have; 0 for any free one. */
export interface StartOptions {
  readonly page: number
  readonly stranger: number
  readonly edge: number
  readonly origin: number
  readonly endpoint: number
}

/** Printed for `--help`. */
export const HELP = `Starts an origin API without CORS, the edge worker in front of it and a page on another origin,
with the playground and its test endpoint, all on 127.0.0.1.

Usage: npm start -- [option …]

  --page-port <n>      of the page            8080
  --edge-port <n>      of the edge worker     8787
  --origin-port <n>    of the origin API      9000
  --stranger-port <n>  of the stranger's page 8081
  --endpoint-port <n>  of the test endpoint   8082
  --help               prints this

0 takes any free port. So does a port that is taken, with a word about it. Ctrl-C stops everything.
`

/**
 * Reads the command line; null when it asks for help.
 *
 * @throws TypeError for anything else than the options of {@link HELP}.
 */
export function readOptions(args: readonly string[]): StartOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'page-port': { type: 'string', default: '8080' },
      'edge-port': { type: 'string', default: '8787' },
      'origin-port': { type: 'string', default: '9000' },
      'stranger-port': { type: 'string', default: '8081' },
      'endpoint-port': { type: 'string', default: '8082' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  const port = (of: keyof StartOptions): number => {
    const name = `${of}-port` as const
    const text = values[name]
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
      throw new TypeError(`--${name}: ${JSON.stringify(text)}: a port is a whole number from 0 to 65535`)
    return Number(text)
  }
  return {
    page: port('page'),
    stranger: port('stranger'),
    edge: port('edge'),
    origin: port('origin'),
    endpoint: port('endpoint'),
  }
}
