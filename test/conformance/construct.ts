// Configurations that peers accept and that mean nothing, or disaster. Each adapter must refuse every one of them.
import { A } from './policies.ts'

export interface Misconfiguration {
  readonly id: string
  readonly title: string
  readonly policy: unknown
}

export const MISCONFIGURATIONS: readonly Misconfiguration[] = [
  { id: 'A.S13', title: 'credentials alone', policy: { credentials: true } },
  { id: 'A.S14', title: '"*" with credentials', policy: { origins: '*', credentials: true } },
  { id: 'A.S15', title: 'no policy', policy: {} },
  { id: 'A.S16', title: 'a regular expression with /g', policy: { origins: /^https:\/\/a\.example$/g } },
  { id: 'A.S17', title: 'an unanchored regular expression', policy: { origins: [/example\.com/], credentials: true } },
  { id: 'A.S25', title: 'a trailing slash', policy: { origins: ['https://a.example/'], credentials: true } },
  { id: 'A.S26', title: 'an entry without a scheme', policy: { origins: ['a.example'], credentials: true } },
  { id: 'A.S29', title: 'origins undefined', policy: { origins: undefined, credentials: true } },
  { id: 'A.S30', title: 'origins empty', policy: { origins: '', credentials: true } },
  {
    id: 'A.S33',
    title: 'two origins in one string',
    policy: { origins: 'https://a.example,https://b.example', credentials: true },
  },
  { id: 'A.S38', title: 'a misspelt key', policy: { orgin: [A], credentials: true } },
]

/** Tries each with an adapter; answers with the code of what was thrown, or with null where nothing was. */
export function tryAll(construct: (policy: never) => unknown): Record<string, string | null> {
  return Object.fromEntries(
    MISCONFIGURATIONS.map(({ id, policy }) => {
      try {
        construct(policy as never)
        return [id, null]
      } catch (error) {
        return [id, (error as { code?: string }).code ?? String(error)]
      }
    }),
  )
}
