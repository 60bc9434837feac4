// P1, P3 and P6–P8: what holds for every policy and every request.
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Cors, createCors, perRequest } from '../../src/index.ts'
import { APP, cors, head, list, VARY_ECHO } from '../support/exchanges.ts'
import { allows, candidate, constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

// Many runs, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 })

const field = fc.oneof(
  fc.string(),
  fc.constantFrom('x-a', 'x-long-1,x-a', 'authorization', '*', ',,,\t', 'set-cookie', 'x-a\r\nx: y'),
)
const method = fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'TRACE', 'put', ''), fc.string())

/** A policy and a request for it: of any kind, from an origin that is allowed as often as not. */
const asking = constructing.chain((made) =>
  fc.record({
    made: fc.constant(made),
    origin: fc.option(candidate(Array.isArray(made.origins) ? (made.origins as string[]) : [APP]), { nil: null }),
    kind: fc.constantFrom('GET', 'POST', 'OPTIONS', 'PREFLIGHT'),
    method,
    names: fc.option(field, { nil: undefined }),
  }),
)

function ask({
  origin,
  kind,
  method,
  names,
}: {
  origin: string | null
  kind: string
  method: string
  names?: string | undefined
}) {
  if (kind !== 'PREFLIGHT') return head(kind, { origin })
  return head('OPTIONS', { origin, 'access-control-request-method': method, 'access-control-request-headers': names })
}

const entriesOf = (made: Cors, request: ReturnType<typeof head>) =>
  new Map(made.entries(request, ['ETag', 'X-Rate-Left']))

describe('every policy that constructs', () => {
  it('P1 says nothing but Vary to an origin outside its allow set, and never Access-Control-Allow-Origin: null', () => {
    holds(
      fc.property(asking, (asked) => {
        const entries = entriesOf(createCors(asked.made), ask(asked))
        const { origins } = asked.made
        const isAllowed = origins === '*' || allows(origins as string[], asked.origin ?? '')
        if (!isAllowed) expect([...entries.keys()].filter((name) => name !== 'Vary')).toEqual([])
        expect(entries.get('Access-Control-Allow-Origin')).not.toBe('null')
        expect(entries.get('Access-Control-Allow-Origin')).toBe(
          isAllowed ? (origins === '*' ? '*' : asked.origin) : undefined,
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it('P1 never says true without the origin, nor next to *', () => {
    holds(
      fc.property(asking, (asked) => {
        const entries = entriesOf(createCors(asked.made), ask(asked))
        if (!entries.has('Access-Control-Allow-Credentials')) return
        expect(asked.made.credentials).toBe(true)
        expect(entries.get('Access-Control-Allow-Origin')).toBe(asked.origin)
        expect([...entries.values()]).not.toContain('*')
      }),
      { numRuns: 1_000 },
    )
  })

  it('says the same in decide(), entries(), headers(), preflight(), guard() and apply()', () => {
    holds(
      fc.property(asking, (asked) => {
        const made = createCors(asked.made)
        const request = ask(asked)
        const { kind, shared, refusal } = made.decide(request)
        const entries = entriesOf(made, request)
        const isWritten = entries.has('Access-Control-Allow-Origin')
        expect(isWritten).toBe(shared)
        expect(refusal === null).toBe(shared || asked.origin === null)
        expect(made.guard(request) === null).toBe(shared || asked.origin === null)
        const answer = made.preflight(request)
        expect(answer === null).toBe(kind !== 'preflight')
        if (answer !== null) expect(answer.status).toBe(shared ? (asked.made.preflightStatus ?? 204) : 403)
      }),
      { numRuns: 1_000 },
    )
  })

  it('writes what entries() says, whichever method writes it', () => {
    // What the Headers class can hold: a raw server hands over no other origin that is allowed.
    const plain = asking.filter(({ names = '', method, origin }) => isLatin(`${names}${method}${origin}`))
    holds(
      fc.property(plain, (asked) => {
        const made = createCors(asked.made)
        const request = ask(asked)
        const names = ['ETag', 'X-Rate-Left', 'Content-Type']
        const said = cors({ headers: new Headers(made.entries(request, names).map(([name, value]) => [name, value])) })
        const own = { 'Content-Type': 'text/plain', ETag: '1', 'X-Rate-Left': '1' }
        expect(cors({ headers: made.headers(request, own) })).toEqual(said)
        expect(cors(made.apply(request, new Response('x', { headers: own })))).toEqual(said)
        const answer = made.preflight(request)
        if (answer !== null) expect(cors(answer)).toEqual(said)
      }),
      { numRuns: 1_000 },
    )
  })

  it('P3 lets nothing of a request into a response but an allowed origin, method and header names', () => {
    const token = 'taint7f3a'
    const everywhere = {
      method: 'OPTIONS',
      headers: {
        get: (name: string) => {
          if (name === 'origin') return `https://${token}.example.com`
          return name === 'access-control-request-method' ? token.toUpperCase() : `x-${token}`
        },
      },
    }
    holds(
      fc.property(constructing, (made) => {
        for (const [name, value] of createCors(made).entries(everywhere, [])) {
          if (!value.toLowerCase().includes(token)) continue
          expect(name).toMatch(/^Access-Control-Allow-(Origin|Methods|Headers)$/)
          if (name === 'Access-Control-Allow-Methods') expect(made.methods).toBe('*')
          if (name === 'Access-Control-Allow-Headers') expect(made.requestHeaders).toContain('*')
        }
      }),
      { numRuns: 500 },
    )
  })

  it('P6 lists Origin in Vary wherever two origins get different answers', () => {
    const pairs = asking.chain((asked) =>
      fc.tuple(
        fc.constant(asked),
        fc.option(candidate(Array.isArray(asked.made.origins) ? (asked.made.origins as string[]) : [APP]), {
          nil: null,
        }),
      ),
    )
    holds(
      fc.property(pairs, ([asked, other]) => {
        const made = createCors(asked.made)
        const first = entriesOf(made, ask(asked))
        const second = entriesOf(made, ask({ ...asked, origin: other }))
        const isSameKind = made.decide(ask(asked)).kind === made.decide(ask({ ...asked, origin: other })).kind
        if (asked.made.origins === '*' && !isSameKind) return
        if (JSON.stringify([...first]) === JSON.stringify([...second])) return
        expect(list(first.get('Vary') ?? '').split(', ')).toContain('origin')
        expect(list(second.get('Vary') ?? '').split(', ')).toContain('origin')
      }),
      { numRuns: 1_000 },
    )
  })

  it('P6 lists the requested method and names in Vary wherever they change the answer', () => {
    holds(
      fc.property(asking, method, field, (asked, otherMethod, otherNames) => {
        const made = createCors(asked.made)
        const first = entriesOf(made, ask({ ...asked, kind: 'PREFLIGHT' }))
        const second = entriesOf(made, ask({ ...asked, kind: 'PREFLIGHT', method: otherMethod, names: otherNames }))
        if (JSON.stringify([...first]) === JSON.stringify([...second])) return
        expect(list(first.get('Vary') ?? '')).toBe(VARY_ECHO)
      }),
      { numRuns: 1_000 },
    )
  })

  it('P7 grants nothing for the request headers of extensions', () => {
    const extensions: Record<string, string> = {
      'access-control-request-private-network': 'true',
      'access-control-request-local-network': 'true',
      'access-control-request-credentials': 'true',
      'private-network-access-id': '01:23:45:67:89:0A',
      'sec-private-state-token': 'x',
    }
    holds(
      fc.property(asking, (asked) => {
        const made = createCors(asked.made)
        const plain = ask(asked)
        const extended = { ...plain, headers: { get: (name: string) => extensions[name] ?? plain.headers.get(name) } }
        expect(made.entries(extended)).toEqual(made.entries(plain))
      }),
      { numRuns: 500 },
    )
  })
})

describe('perRequest()', () => {
  it('P8 chooses by the very request that is served', async () => {
    const paths = fc.constantFrom('/a', '/A', '/%61', '/b/../a', '/a/', '/a%2F', '//a')
    await holds(
      fc.asyncProperty(paths, async (path) => {
        const seen: Request[] = []
        const note = (request: Request) => void seen.push(request)
        const chosen = perRequest((request: Request) => {
          note(request)
          return createCors({ origins: [APP] })
        })
        const request = new Request(`https://api.example.net${path}`, { headers: { Origin: APP } })
        await chosen.wrap((served: Request) => {
          note(served)
          return new Response('x')
        })(request)
        expect(seen[0]).toBe(request)
        expect(seen[1]).toBe(request)
      }),
    )
  })
})

function isLatin(text: string): boolean {
  return [...text].every((char) => {
    const code = char.charCodeAt(0)
    return code >= 0x20 && code < 0x7f
  })
}
