import type { Change } from './compare.ts'
import type { MigrationNote, PeerMeaning } from './meaning.ts'
import { ANY_NAME, STRANGER } from './scenarios.ts'

/** Why a behavior changes, and what to write to keep it. */
export interface Reason {
  readonly why: string
  readonly keep: string
}

/** Explains a change. A note of the conversion about the same entry comes first. */
export function reasonOf(change: Change, meaning: PeerMeaning, notes: readonly MigrationNote[]): Reason {
  const { kind, subject, direction } = change
  if (kind === 'wire') return WIRE[subject] ?? { why: 'the two servers differ here', keep: 'nothing keeps it' }
  const quoted = JSON.stringify(subject)
  const about = notes.find(
    ({ why }) => why.startsWith(`${quoted}:`) || why.startsWith(`${JSON.stringify(`${subject}/`)}:`),
  )
  if (about !== undefined) return { why: about.why, keep: about.keep }
  if (kind === 'origin') return originReason(subject, direction, meaning)
  if (kind === 'max-age')
    return {
      why: 'the age is not whole seconds between 0 and a day, or the library does not send it',
      keep: 'write "maxAge" in seconds',
    }
  const option = { method: 'methods', header: 'requestHeaders', exposed: 'exposedHeaders' }[kind]
  if (direction === 'refused' && subject.toUpperCase() === ANY_NAME)
    return { why: 'the policy names what it permits', keep: `list what pages need in "${option}"` }
  return direction === 'refused'
    ? { why: 'the policy does not name it', keep: `add ${quoted} to "${option}"` }
    : {
        why: 'the library compares these names in another way, or does not send them',
        keep: `remove ${quoted} from "${option}"`,
      }
}

function originReason(subject: string, direction: Change['direction'], meaning: PeerMeaning): Reason {
  const about = meaning.notes.find(({ option }) => option === 'allowedMethods')
  if (direction === 'wider' && about !== undefined) return { why: about.why, keep: about.keep }
  if (direction === 'wider')
    return {
      why: 'the pattern in the policy is wider than the expression',
      keep: 'list the origins, or write "origins: (origin) => boolean"',
    }
  if (subject === 'null')
    return {
      why: 'every sandboxed frame and local file has this origin, so a policy never allows it',
      keep: 'nothing keeps it: serve the page from an origin of its own',
    }
  const matching = meaning.origins.find((entry) => entry instanceof RegExp && entry.test(subject))
  if (matching !== undefined)
    return {
      why: `${String(matching)} also matches this origin`,
      keep: `add ${JSON.stringify(subject)} to "origins", if you meant it`,
    }
  if (meaning.anyOrigin && meaning.credentials)
    return {
      why: 'with credentials, every site could read what a visitor of it may see',
      keep: 'list the origins that you trust, with "credentials": true',
    }
  if (subject === STRANGER) return { why: 'a policy allows the origins that it names', keep: '"origins": "*"' }
  return { why: 'the policy does not name it', keep: `add ${JSON.stringify(subject)} to "origins"` }
}

/** The parts of the wire in which corsmith differs from other libraries. */
const WIRE: Readonly<Record<string, Reason>> = {
  'preflight status': {
    why: 'a preflight is answered at once, with 204 or 200',
    keep: 'write "preflightStatus": 200, or leave it',
  },
  'preflight of a refused origin': {
    why: 'a refused preflight is answered with 403 and never reaches a handler',
    keep: 'nothing keeps it, and no page sees a difference: the request is blocked either way',
  },
  'plain OPTIONS': {
    why: 'an OPTIONS without Access-Control-Request-Method is no preflight, so it reaches your handler',
    keep: 'answer it in a route of your own',
  },
  'answer without Origin': {
    why: 'a request without Origin comes from no page of another origin, and is told nothing unless "origins" is "*"',
    keep: 'nothing keeps it, and no page sees a difference',
  },
  'answer to a refused origin': {
    why: 'a refused origin is told nothing',
    keep: 'nothing keeps it: these headers would tell strangers whom you trust',
  },
  'request of a refused origin': {
    why: 'CORS is no access control: the handler runs, and the browser keeps the answer from the page',
    keep: 'write "refused": "forbid", which answers 403',
  },
  'Vary of answers': {
    why: 'answers say Vary: Origin exactly where they depend on the origin, so that no cache mixes them',
    keep: 'nothing keeps it: a cache could give the answer of one page to another',
  },
}
