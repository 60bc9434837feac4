/** What corsmith set out to reach, by runtime, and where in a run it is to be seen. */
import {
  added,
  all,
  figure,
  flat,
  type Goal,
  hostile,
  KB,
  middlewareByHand,
  NO_MORE,
  NODE,
  ns,
  on,
  once,
  onNode,
  SAME,
  STARTED,
  share,
  timed,
  timesAs,
  timesFaster,
  timesLess,
  value,
} from './goal.ts'

const HONO: readonly Goal[] = [
  timed(
    ['hono', 'get-10'],
    'middleware, GET allowed: times less added than hono/cors',
    all(5, { bun: 3.5, deno: 9 }),
    true,
    timesLess('middleware'),
    { byHand: middlewareByHand },
  ),
  ...[
    ['refused-10', 'GET refused'],
    ['no-origin', 'GET without Origin'],
  ].map(([row = '', title]) =>
    timed(
      ['hono', row],
      `middleware, ${title}: times less added than hono/cors`,
      all(6),
      true,
      timesLess('middleware'),
      { byHand: middlewareByHand },
    ),
  ),
  timed(
    ['hono', 'get-10'],
    'wrap, GET allowed: times less added than hono/cors',
    all(8, { deno: 15 }),
    true,
    timesLess('wrap'),
    { byHand: timesLess('by hand') },
  ),
  timed(
    ['hono', 'preflight'],
    'wrap, preflight: times faster than hono/cors',
    all(5, { bun: 4, workerd: 4 }),
    true,
    timesFaster('wrap'),
    { byHand: timesFaster('by hand') },
  ),
  timed(
    ['hono', 'preflight'],
    'middleware, preflight: times faster than hono/cors',
    all(3),
    true,
    timesFaster('middleware'),
  ),
  ...['h3', 'itty-router', 'elysia'].map((name) =>
    timed(
      ['frameworks', `${name}-get`],
      `wrap on ${name}, GET allowed: times less added than its own`,
      // Elysia makes code from texts, which workerd forbids: what it answers there is an error.
      name === 'elysia' ? on([...NODE, 'bun', 'deno'], 1) : all(1),
      true,
      timesLess('wrap', 'its own'),
    ),
  ),
]

/** What a compiled policy takes beside the same one with its checks: a whole request, under both in one process. */
const COMPILED: readonly Goal[] = [
  ...[
    ['get-10', 'GET allowed'],
    ['refused-10', 'GET refused'],
    ['no-origin', 'GET without Origin'],
    ['preflight', 'preflight'],
  ].flatMap(([row = '', title]) =>
    ['middleware', 'wrap'].map((name) =>
      timed(
        ['hono', row],
        `compiled ${name}, ${title}: times the one with its checks`,
        all(SAME),
        false,
        timesAs(`${name}, compiled`, name),
      ),
    ),
  ),
  ...[
    ['node-get', 'GET allowed'],
    ['node-preflight', 'preflight'],
  ].map(([row = '', title]) =>
    timed(
      ['node', row],
      `compiled Node adapter, ${title}: times the one with its checks`,
      onNode(SAME),
      false,
      timesAs('corsmith/node, compiled', 'corsmith/node'),
    ),
  ),
]

const LOOPBACK: readonly Goal[] = [
  timed(
    ['loopback', 'loopback-get'],
    'middleware, over loopback: processor time added to bare Hono, %',
    all(50, { bun: 25, deno: 30, workerd: 25 }),
    false,
    share('middleware'),
  ),
  timed(
    ['loopback', 'loopback-get'],
    'wrap, over loopback: processor time added to bare Hono, %',
    onNode(35),
    false,
    share('wrap'),
  ),
]

const ENGINE: readonly Goal[] = [
  timed(
    ['floor', 'floor-get'],
    'wrap, GET allowed: times what the same writes cost by hand',
    all(1.5, { ...onNode(1.3), bun: 1.3 }),
    false,
    (timings) => added(timings, 'wrap') / added(timings, 'by hand'),
  ),
  timed(
    ['node', 'node-preflight'],
    'Node adapter, preflight: times less added than cors',
    onNode(3),
    true,
    timesLess('corsmith/node', 'cors'),
  ),
  timed(
    ['node', 'node-get'],
    'Node adapter, GET allowed: times less added than cors',
    onNode(1),
    true,
    timesLess('corsmith/node', 'cors'),
  ),
]

const GROWTH: readonly Goal[] = [
  flat('1 to 100,000 origins, hit: growth', 'growth-hits', 1.1, '100,000'),
  flat('1 to 100,000 origins, miss: growth', 'growth-misses', 1.3, '100,000'),
  flat('1 to 10,000 patterns: growth', 'growth-patterns', 1.2, '10,000'),
  flat('1 to 1,000 allowed headers: growth', 'growth-names', 1.05, '1,000'),
  hostile('an Origin of 16 KB, letters: times a normal request', 'hostile-origin', NO_MORE, 'letters'),
  hostile('an Origin of 16 KB, labels: times a normal request', 'hostile-origin', NO_MORE, 'labels'),
  hostile('1 MB of names: times a normal preflight', 'hostile-names', NO_MORE, 'names'),
  hostile('1 MB of commas: times a normal preflight', 'hostile-names', NO_MORE, 'commas'),
  hostile('1 MB of commas, echoed: times a normal preflight', 'hostile-names', 5.4, 'commas, where names are echoed'),
  hostile('4 KB of names, echoed: times a normal preflight', 'hostile-commas', 5.4, 'the longest list that is echoed'),
  timed(
    ['hostile', 'hostile-host'],
    'deciding about the worst legal host, µs',
    onNode(10),
    false,
    (timings) => ns(timings, 'longest legal host') / 1000,
    { beside: (timings) => ns(timings, 'normal') },
  ),
]

const ONCE: readonly Goal[] = [
  figure('startup', 'calls of a RegExp on the request path', on(STARTED, 0), value('calls of a RegExp')),
  figure(
    'startup',
    'compiling 100,000 origins: times a Set and a scan',
    on(STARTED, 2),
    value('createCors beside Set and scan'),
  ),
  figure('startup', 'memory of 100,000 origins: bytes each, beyond the strings', onNode(64), value('bytes per origin')),
  figure(
    'startup',
    'import and ten origins: ms beyond an empty module',
    on(STARTED, 0.5),
    (figures) => (figures['corsmith, ms'] ?? Number.NaN) - (figures['empty module, ms'] ?? Number.NaN),
    { beside: value('empty module, ms') },
  ),
  figure(
    'startup',
    'import of ten compiled origins: times an empty module of the same size class',
    onNode(1.2),
    (figures) =>
      value('the package, compiled, ms')(figures) / value('an empty module of the same size class, ms')(figures),
  ),
  figure('startup', 'fetch globals touched before the first request', on(STARTED, 0), value('fetch globals touched')),
  figure('heap', 'wrap, GET allowed: KB of heap beyond the bare app', onNode(0.6), (figures) => {
    return ((figures['get-10, wrap'] ?? Number.NaN) - (figures['get-10, bare'] ?? Number.NaN)) / KB
  }),
  figure('heap', 'wrap, preflight: KB of heap', onNode(1.7), (figures) => value('preflight, wrap')(figures) / KB),
  ...(
    [
      ['createCors, sentences stubbed', 2048],
      ['corsmith complete', 6144],
      ['corsmith/hono cors, beyond createCors', 400],
      ['corsmith/workers withCors, beyond createCors', 400],
      ['corsmith/deno withCors, beyond createCors', 400],
    ] as const
  ).map(([name, limit]) => figure('size', `${name}: bytes of brotli`, once(limit), value(name))),
]

export const GOALS: readonly Goal[] = [...HONO, ...COMPILED, ...LOOPBACK, ...ENGINE, ...GROWTH, ...ONCE]
