import { MAX_AGE_SECONDS } from '../diagnose/fixes/union.ts'
import { CHOOSABLE, snippet, TARGETS } from '../diagnose.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { atMost, readTarget } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'

/** A policy to begin with: it names what most applications have to decide. */
const STARTING_POINT: CorsPolicy = {
  origins: ['https://app.example.com'],
  methods: ['PUT', 'DELETE'],
  requestHeaders: ['Content-Type', 'Authorization'],
  maxAge: MAX_AGE_SECONDS,
}

/** Runs `corsmith init`: prints what to paste for a framework. Nothing is written to disk. */
export function init(argv: readonly string[], io: Io): number {
  const [name] = argv
  atMost(1, argv)
  if (name === undefined) {
    io.print(
      ['corsmith init <framework>', '', ...CHOOSABLE.map((target) => `  ${target.padEnd(12)} ${TARGETS[target]}`)].join(
        '\n',
      ),
    )
    return EXIT.ok
  }
  const target = readTarget(name, 'init')
  const text = target === undefined ? null : snippet(target, STARTING_POINT)
  if (text === null) throw new UsageError(`there is nothing to paste for ${name}`)
  io.print(text)
  return EXIT.ok
}
