/**
 * What a protocol or a client library asks of a policy. It is data: names, and where they are
 * documented. It never holds origins, credentials or anything else of a policy.
 *
 * @example
 * ```ts
 * import type { Preset } from 'corsmith/presets'
 *
 * const telemetry: Preset = {
 *   name: 'telemetry',
 *   requestHeaders: ['X-Session-Id'],
 *   source: 'https://docs.example.com/telemetry',
 *   date: '2026-11-28',
 * }
 * ```
 */
export interface Preset {
  /** The name under which `corsmith/presets` exports it. */
  readonly name: string
  /** Methods besides GET, HEAD and POST, in the order of the alphabet. */
  readonly methods?: readonly string[]
  /** Request headers that need permission, patterns among them, in the order of the alphabet. */
  readonly requestHeaders?: readonly string[]
  /** Response headers that the client reads, patterns among them, in the order of the alphabet. */
  readonly exposedHeaders?: readonly string[]
  /** The address of the documentation or the source that lists the names. */
  readonly source: string
  /** The day on which the names were compared with the source, as `YYYY-MM-DD`. */
  readonly date: string
  /** What else the protocol asks of a policy or of a server. */
  readonly note?: string
  /**
   * The entries that the source documents, and that no recorded run of a client used. The others
   * are proven: without them a recorded client fails or loses something.
   */
  readonly unproven?: {
    readonly methods?: readonly string[]
    readonly requestHeaders?: readonly string[]
    readonly exposedHeaders?: readonly string[]
  }
}

/** Freezes a preset and its lists. */
export function preset(data: Preset): Preset {
  for (const value of [...Object.values(data), ...Object.values(data.unproven ?? {})]) Object.freeze(value)
  return Object.freeze(data)
}
