import type { Observer } from './observe.ts'

/** Options of {@link jsonLog}. */
export interface JsonLogOptions {
  /**
   * Writes one line.
   *
   * @default console.log
   */
  readonly print?: (line: string) => void
  /**
   * The most lines in a minute. Further refusals are counted, and the next line says how many there
   * were.
   *
   * @default 60
   */
  readonly perMinute?: number
  /**
   * Gives the time, in milliseconds since 1970.
   *
   * @default Date.now
   */
  readonly now?: () => number
}

const MINUTE_MS = 60_000

/**
 * Writes refusals as lines of JSON, for production. A flood of refusals writes at most `perMinute`
 * lines.
 *
 * @returns an observer for `observe`
 * @throws {TypeError} when `perMinute` is not a whole number from 1
 *
 * @example
 * ```ts
 * import { jsonLog, observe } from 'corsmith/log'
 *
 * export const policy = observe({ origins: ['https://app.example.com'] }, jsonLog({ perMinute: 10 }))
 * // {"event":"cors.refused","time":"2026-11-29T12:00:00.000Z","code":"origin-not-allowed",…,"dropped":0}
 * ```
 */
export function jsonLog({ print = log, perMinute = 60, now = Date.now }: JsonLogOptions = {}): Observer {
  if (!Number.isInteger(perMinute) || perMinute < 1) throw new TypeError('jsonLog: perMinute is a whole number from 1')
  let [began, written, dropped] = [now(), 0, 0]
  return {
    onRefusal(record) {
      const time = now()
      // A clock that is set back begins a new minute too.
      if (time - began >= MINUTE_MS || time < began) [began, written] = [time, 0]
      if (written >= perMinute) {
        dropped++
        return
      }
      written++
      print(JSON.stringify({ event: 'cors.refused', time: new Date(time).toISOString(), ...record, dropped }))
      dropped = 0
    },
  }
}

function log(line: string): void {
  // biome-ignore lint/suspicious/noConsole: platforms collect what a program prints.
  console.log(line)
}
