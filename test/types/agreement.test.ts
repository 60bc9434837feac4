import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/index.ts'
import { origin, policy, soundOrigin } from '../policy/arbitraries.ts'
import { CASES, COMPILERS, compile, sentencesByLine } from './compile.ts'

const SAMPLES = { numRuns: 600, seed: 20_261_121 }
const SOURCE = join(import.meta.dirname, '..', '..', 'src', 'index.ts')

/** Hosts of platforms with and without the labels of a region, names of one's own below them, and patterns of one site. */
const PLATFORMS =
  '*.run.app *.a.run.app *.b.a.run.app pr-*.us-central1.run.app *.on.aws *.lambda-url.us-east-1.on.aws *.s3.dualstack.us-east-1.amazonaws.com *.x.s3.dualstack.us-east-1.amazonaws.com *.mine.pages.dev *.d1.amplifyapp.com *.blogspot.co.uk *.kobe.jp *.azurestaticapps.net *.westeurope.5.azurestaticapps.net *.a.westeurope.5.azurestaticapps.net *.app.example.com *--mine.netlify.app pr-*--mine.netlify.app *-mine.netlify.app *---api-hash-uc.a.run.app *--api-hash-uc.a.run.app'.split(
    ' ',
  )

/** Policies that can be written as a literal, each in one line. */
function written(): { readonly text: string; readonly value: Record<string, unknown> }[] {
  const flag = fc.boolean()
  const lists = fc.record({
    origins: fc.array(fc.oneof(origin, soundOrigin), { minLength: 1, maxLength: 2 }),
    credentials: flag,
  })
  const whole = policy.filter(({ origins }) => typeof origins !== 'function')
  const platforms = PLATFORMS.map((host) => ({ origins: [`https://${host}`] }))
  const samples: Record<string, unknown>[] = [...platforms, ...fc.sample(lists, SAMPLES), ...fc.sample(whole, SAMPLES)]
  return samples.flatMap((sample) => {
    const { nonsense: _, ...value } = JSON.parse(
      JSON.stringify(sample, (__, each) => (typeof each === 'bigint' ? undefined : each)),
    )
    // The compiler counts no characters, and quotes in a text are beyond it.
    const isPlain = !/a{63}|["\\]/.test(
      Object.values(value)
        .flat()
        .filter((each) => typeof each === 'string')
        .join(' '),
    )
    return 'origins' in value && isPlain ? [{ text: JSON.stringify(value), value }] : []
  })
}

describe.each(COMPILERS)('the compiler of TypeScript $version and checkPolicy()', ({ folder }) => {
  const cases = written()
  let place = ''
  let sentences = new Map<number, string[]>()
  let failing = new Set<number>()

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'corsmith-types-'))
    const lines = cases.map(({ text }) => `createCors(${text})`)
    writeFileSync(
      join(place, 'cases.ts'),
      [`import { createCors } from ${JSON.stringify(SOURCE)}`, ...lines, ''].join('\n'),
    )
    const { compilerOptions } = JSON.parse(readFileSync(join(CASES, 'tsconfig.json'), 'utf8'))
    writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['cases.ts'] }))
    const output = compile(folder, join(place, 'tsconfig.json')).replaceAll(/^\S*cases\.ts(?=\()/gm, 'cases.ts')
    sentences = sentencesByLine(output, 'cases.ts')
    failing = new Set(Array.from(output.matchAll(/^cases\.ts\((\d+),/gm), ([, line]) => Number(line)))
  }, 120_000)
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  it('refuse nothing while it is written that is taken when it runs', () => {
    const wrong = cases.filter(
      ({ value }, index) =>
        failing.has(index + 2) && checkPolicy(value).every(({ severity }) => severity === 'warning'),
    )
    expect(wrong.map(({ text }) => text)).toEqual([])
  })

  it('say the same words', () => {
    const wrong = cases.flatMap(({ text, value }, index) => {
      const messages = checkPolicy(value).map(({ message }) => message)
      const strange = (sentences.get(index + 2) ?? []).filter(
        (sentence) => !messages.some((message) => message === sentence || message.startsWith(`${sentence}: `)),
      )
      return strange.map((sentence) => `${sentence}  IN  ${text}`)
    })
    expect(wrong).toEqual([])
  })

  it('agree on every host of a platform', () => {
    const apart = cases
      .slice(0, PLATFORMS.length)
      .filter(
        ({ value }, index) => failing.has(index + 2) !== checkPolicy(value).some((one) => one.severity === 'error'),
      )
    expect(apart.map(({ text }) => text)).toEqual([])
  })

  it('agree on most of what is wrong', () => {
    const refused = cases.filter(({ value }) => checkPolicy(value).some(({ severity }) => severity === 'error'))
    const both = cases.filter(
      ({ value }, index) => failing.has(index + 2) && checkPolicy(value).some(({ severity }) => severity === 'error'),
    )
    expect(refused.length).toBeGreaterThan(300)
    expect(both.length / refused.length).toBeGreaterThan(0.9)
  })
})
