import type { Initiator, Mode } from './request.ts'

/** When and where a failure happened. */
export interface MessageContext {
  readonly isPreflight: boolean
  /** The URL that was being fetched. */
  readonly url: string
  /** The URL that the page asked for. */
  readonly firstUrl: string
  /** The origin of the page. */
  readonly pageOrigin: string
  /** The origin that was sent. */
  readonly requestOrigin: string
  readonly initiator: Initiator
  readonly mode: Mode
  readonly status: number | null
}
