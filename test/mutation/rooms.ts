/** What is mutated, room by room: the sources, the tests that have to notice, and the least score. */
export interface Room {
  readonly name: string
  /** Sources, as globs from the root. */
  readonly mutate: readonly string[]
  /** The folders of test/ that judge the room: its mirror, and those of its nearest users. */
  readonly tests: readonly string[]
  /** Those that are quick, and try a mutant that takes a process of its own, beside those named after its source. Absent: all. */
  readonly quick?: readonly string[]
  /** What survives in these files is tried again in another runtime, by the tests that name it. */
  readonly elsewhere?: { readonly files: readonly string[]; readonly tests: readonly string[]; readonly named: string }
  /** How long the tests of one mutant may take, the closest first, in the order of what they took at first. Absent: all try it. */
  readonly tryMs?: number
  /** The least score in per cent, equivalent mutants left out. */
  readonly goal: number
}

export const ROOMS: readonly Room[] = [
  { name: 'spec', mutate: ['src/spec/**/*.ts'], tests: ['spec', 'browser', 'policy/suffixes'], goal: 97 },
  {
    name: 'policy',
    mutate: ['src/policy/**/*.ts', 'src/strict.ts'],
    tests: ['policy', 'spec', 'server'],
    quick: ['entries', 'suggestions', 'corrections', 'warnings', 'options', 'origin-kinds', 'names', 'error'].map(
      (name) => `policy/${name}`,
    ),
    goal: 97,
  },
  {
    name: 'server',
    mutate: ['src/server/**/*.ts'],
    tests: ['server', 'policy', 'adapters', 'budget/operations'],
    goal: 97,
  },
  {
    name: 'proxy',
    mutate: ['src/proxy/**/*.ts'],
    tests: ['proxy'],
    quick: ['claims', 'forwarding', 'odd-answers', 'targets', 'texts'].map((name) => `proxy/${name}`),
    goal: 95,
  },
  {
    name: 'adapters',
    mutate: ['adapters/**/*.ts'],
    tests: [
      'adapters',
      'proxy',
      'field/hono',
      'operate/explain',
      'routes/cors-routes',
      'routes/nesting',
      'tenants/kept',
    ],
    elsewhere: { files: ['adapters/edge-worker.ts'], tests: ['proxy/streams'], named: 'in workerd' },
    goal: 95,
  },
  {
    name: 'browser',
    mutate: ['src/browser/**/*.ts'],
    tests: ['browser'],
    quick: ['messages', 'tables', 'failures', 'divergences', 'cookies'].map((name) => `browser/${name}`),
    goal: 95,
  },
  {
    name: 'diagnose',
    mutate: ['src/diagnose/**/*.ts'],
    tests: ['diagnose'],
    tryMs: 10_000,
    // Each process of its own would take a minute for the rest.
    quick: [],
    goal: 85,
  },
]

/**
 * Tests that say nothing about behaviour under mutation: they read the sources as text, count operations or measure time, or hold
 * what is generated against what is committed, or run another runtime, which knows of no mutant.
 */
export const LEFT_OUT = [
  '**/node_modules/**',
  'test/architecture/**',
  'test/bench/**',
  'test/budget/growth.test.ts',
  'test/budget/size.test.ts',
  // They put a class of their own in the place of the global Response, and all tests share one process.
  'test/adapters/*hono-node-server.test.ts',
  'test/adapters/node-hono-server.test.ts',
  'test/adapters/hono-raw-outgoing.test.ts',
  // They start servers, of other languages too, to ask whether a fix that is written works, and take minutes.
  'test/diagnose/servers/{daemons,django,express,fastapi,flask,hono,next,nginx,nodes}.test.ts',
  'test/diagnose/messages/hostile.test.ts',
  // It puts other sources in the place of these.
  'test/diagnose/imports/evidence.test.ts',
  'test/types/**',
  'test/**/budget.test.ts',
  'test/**/docs.test.ts',
  'test/**/error-pages.test.ts',
  'test/cli/why.test.ts',
  'test/policy/runtimes.test.ts',
]

/** The names of tests that run nothing in another runtime, which knows of no mutant, and that count no bytes. */
export const IN_THIS_RUNTIME = /^(?!.* (?:in (?:workerd|Deno|Bun|node:http of \w+)|is small without a policy)(?: |$))/

/** The room that a source stands in. */
export function roomOf(file: string): Room | undefined {
  return ROOMS.find(({ mutate }) =>
    mutate.some((glob) => glob === file || (glob.includes('*') && file.startsWith(glob.slice(0, glob.indexOf('*'))))),
  )
}
