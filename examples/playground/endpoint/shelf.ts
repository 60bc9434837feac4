/** The scenarios that are kept: the last ones, under names that nobody guesses. */
import { randomUUID } from 'node:crypto'
import { createCors } from 'corsmith'
import { cors, type NodeMiddleware } from 'corsmith/node'
import type { Submission } from './submission.ts'

/** A scenario that is kept. */
export interface Kept {
  readonly submission: Submission
  readonly handle: NodeMiddleware
  /** What arrived, in order. */
  readonly received: readonly { readonly method: string }[]
  /** Writes down that a request has arrived. */
  note(method: string): void
}

/** The scenarios. */
export interface Shelf {
  /** Keeps a scenario, and gives its name. The oldest makes room. */
  keep(submission: Submission): string
  /** Finds a scenario; null where it is not kept, or no longer. */
  find(id: string): Kept | null
}

/** How many scenarios are kept. */
export const MOST_SCENARIOS = 64
const MOST_RECEIVED = 20

/** Creates a shelf. */
export function createShelf(): Shelf {
  const kept = new Map<string, Kept>()
  return {
    keep(submission) {
      const received: { method: string }[] = []
      const id = randomUUID()
      const note = (method: string): void => {
        if (received.length < MOST_RECEIVED) received.push({ method })
      }
      kept.set(id, { submission, handle: cors(createCors(submission.policy)), received, note })
      for (const oldest of [...kept.keys()].slice(0, -MOST_SCENARIOS)) kept.delete(oldest)
      return id
    },
    find: (id) => kept.get(id) ?? null,
  }
}
