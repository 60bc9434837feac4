/** Why a goal is missed: one honest sentence for each, kept here and nowhere else. A goal that is reached prints none. */

const DISPATCH =
  "Hono's own dispatch of a middleware is part of it, as the no-op column shows, and so is looking whether the response may be sent again (ARCHITECTURE.md, decision 6) and deleting what a handler granted by itself."
const FLOOR =
  'The header writes alone, by hand and without a policy, are the larger part: the column "by hand" is the most there could be. Beyond them stands what safety reads: whether the response may be sent again (ARCHITECTURE.md, decision 6), and four deletions of what a handler may have granted by itself.'
const CHECKS =
  'Every option is checked when the process starts, and the checks, with a repair for each defect, are most of the code.'

/** By the beginning of the goal; the first that fits. Either for every runtime, or by runtime. */
const REASONS: readonly (readonly [goal: string, reason: string | Readonly<Record<string, string>>])[] = [
  [
    'middleware, preflight',
    { bun: `${DISPATCH} \`wrap\` answers before it.`, workerd: `${DISPATCH} \`wrap\` answers before it.` },
  ],
  [
    'middleware, over loopback',
    { bun: DISPATCH, workerd: 'workerd stands behind miniflare here, whose own work varies more than the difference.' },
  ],
  ['middleware, ', DISPATCH],
  ['wrap, GET allowed: times less added', FLOOR],
  ['wrap, GET allowed: times what', FLOOR],
  [
    'wrap on elysia',
    "Elysia's plugin writes into the plain object of which Elysia builds the response; `wrap` writes into headers that are there already.",
  ],
  [
    'wrap, GET allowed: KB of heap',
    'The header writes alone, by hand, leave about 0.6 KB on Node: undici keeps an object for each header.',
  ],
  [
    'Node adapter',
    'The header set is written when the headers are sent, whoever sends them, so that no handler can lose it: `writeHead` is replaced on each response, and each response is remembered. cors writes at once, and can be overwritten.',
  ],
  [
    'deciding about the worst legal host',
    'Every length that a pattern ends in is one look-up in a Map, of a text that has to be cut out and hashed: 225 lengths here, which hardly any policy has.',
  ],
  [
    '4 KB of names, echoed',
    'Each name is compared with the pattern, and told from those that no page may send, before it is echoed: up to 256 of them, and no more whatever is sent.',
  ],
  ['compiling 100,000', 'Every entry is taken apart and judged, which a Set and a scan are not.'],
  ['import and ten origins', `${CHECKS} They are parsed as well.`],
  ['createCors, sentences stubbed', `${CHECKS} The engine without them is a quarter of it.`],
  ['corsmith complete', CHECKS],
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
