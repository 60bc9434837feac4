import type { Observation } from '../diagnose.ts'
import type { Io } from './io.ts'

/** A line on standard error that counts requests and then disappears. */
interface Progress {
  readonly tick: (observation: Observation) => void
  readonly end: () => void
}

/** Shows progress on a terminal, and nothing elsewhere. */
export function createProgress({ showsProgress, warn }: Io): Progress {
  let count = 0
  if (!showsProgress) return { tick: () => {}, end: () => {} }
  return {
    tick: ({ purpose }) => warn(`\r\u001b[2K${++count} requests (${purpose})`),
    end: () => warn('\r\u001b[2K'),
  }
}
