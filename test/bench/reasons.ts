/** Why a goal is missed: one honest sentence for each, kept here and nowhere else. A goal that is reached prints none. */

const DISPATCH =
  "Hono's own dispatch of a middleware is part of it, as the no-op column shows, and so is looking whether the response may be sent again and whether the handler spoke of CORS itself (ARCHITECTURE.md, decisions 6 and 12)."
const FLOOR =
  'The header writes alone, by hand and without a policy, are the larger part: the column "by hand" is the most there could be. Beyond them stands what safety reads: whether the response may be sent again, and whether the handler spoke of CORS itself (ARCHITECTURE.md, decisions 6 and 12).'
const CHECKS =
  'Every option is checked when the process starts, and the checks, with a repair for each defect, are most of the code.'
const COPIES =
  'Both run the same engine, which reads the same tables, and make the same writes: operation counts are equal. They are two copies of one code, and the compiler of a runtime optimizes each by itself.'
const NODE_PREFLIGHT =
  'Three reads and an empty 204, by hand and without a policy, are 5.4 to 5.8 times. Beyond them are the look-up of the origin, and the copy of an answer that is ready, with its six headers.'

/** By the beginning of the goal; the first that fits. Either for every runtime, or by runtime. */
const REASONS: readonly (readonly [goal: string, reason: string | Readonly<Record<string, string>>])[] = [
  ['compiled ', COPIES],
  ['middleware, preflight', `${DISPATCH} \`wrap\` answers before it.`],
  ['middleware, over loopback', `${DISPATCH} The quicker a server is, the larger a part the same work is of it.`],
  ['middleware, ', DISPATCH],
  [
    'wrap, preflight: times faster',
    {
      workerd:
        'In workerd every look at a request and every copy of a response crosses into another language: three reads and an empty 204, by hand, are five to six times.',
      node24: NODE_PREFLIGHT,
      node26: NODE_PREFLIGHT,
    },
  ],
  ['wrap, over loopback', FLOOR],
  ['wrap, GET allowed: times less added', FLOOR],
  ['wrap, GET allowed: times what', FLOOR],
  [
    'wrap on elysia',
    "Elysia's plugin writes into the plain object of which Elysia builds the response; `wrap` writes into headers that are there already.",
  ],
  [
    'wrap, GET allowed: KB of heap',
    'The header writes alone, by hand, leave three quarters of it, as the table of heap says: undici keeps an object for each header. hono/cors leaves thirteen times as much, or more.',
  ],
  [
    'wrap, preflight: KB of heap',
    'An empty 204 by hand, without a header, leaves half of it, as the table of heap says. The rest is the copy of an answer that is ready: undici keeps an object for each of its six headers.',
  ],
  [
    'deciding about the worst legal host',
    'The end of the host behind each of its 118 dots is looked up in a Map, and the Map hashes each end anew. A hash of our own that grew with the end took 3 µs, but 16,384 chosen patterns met in one slot of it (ARCHITECTURE.md, decision 4). A host has 253 characters at most, so this is the most that any request takes.',
  ],
  [
    'Node adapter, GET allowed',
    'The header set is written when the headers are sent, whoever sends them, so that no handler can lose it; cors writes at once, and can be overwritten. The two cost the same within the accuracy of this measurement.',
  ],
  [
    'Node adapter, preflight',
    'The headers go to writeHead as an object: a list would be quicker, but middlewares that replace writeHead do not always read one right (CVE-2025-7339).',
  ],
  [
    '4 KB of names, echoed',
    'Up to 256 names are each read, compared with the pattern and told from those that no page may send. On Node, looking at 4,000 characters once and writing a value as long is already eight times a normal preflight; what is longer than 4 KB is not read at all.',
  ],
  ['compiling 100,000', 'Every entry is proved to be one origin, which a scan for one character does not do.'],
  [
    'import of ten compiled origins',
    'As many files of as many bytes are found, read and parsed in both. Beyond that, ten origins become a Set, and the functions that make an engine are compiled.',
  ],
  ['import and ten origins', `${CHECKS} They are parsed as well.`],
  ['createCors, sentences stubbed', `${CHECKS} The engine without them is a quarter of it.`],
  ['corsmith complete', CHECKS],
  [
    'corsmith/',
    'Where a function chooses the policy, each adapter carries what closes the door when none can be had, says why once, and makes every choice vary by `Origin`. The adapter for Hono also notices, in development, that two policies cover one request.',
  ],
]

/** The reason for missing a goal on a runtime; null where nobody has given one. */
export function reasonFor(goal: string, runtime: string): string | null {
  for (const [start, reason] of REASONS) {
    if (!goal.startsWith(start)) continue
    const found = typeof reason === 'string' ? reason : reason[runtime]
    if (found !== undefined) return found
  }
  return null
}
