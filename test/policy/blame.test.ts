// A start-up error begins at the line of the user, and says each issue once.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CorsPolicyError, createCors, policyFromEnv } from '../../src/index.ts'
import { logInDevelopment, observe } from '../../src/log.ts'
import { blamingCaller } from '../../src/policy/error.ts'
import { diffPolicies, policyFromJson, serialize } from '../../src/policy.ts'
import { createProxy } from '../../src/proxy.ts'
import { corsRoutes } from '../../src/routes.ts'
import { createStrictCors } from '../../src/strict.ts'
import { createSwappable, shadow } from '../../src/swap.ts'

const ROOT = join(import.meta.dirname, '../..')
const GOOD = { origins: ['https://a.com'] }
const BAD = { origins: ['https://a.com/'] }

/** The functions of adapters that take a policy, and what each gets beside it. */
const adapters = readdirSync(join(ROOT, 'adapters'))
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    Array.from(
      readFileSync(join(ROOT, 'adapters', file), 'utf8').matchAll(
        /^export function (\w+)<const P extends PolicyInput/gm,
      ),
      ([, name = '']) => [file, name] as const,
    ),
  )

function thrownBy(act: () => unknown): CorsPolicyError {
  try {
    act()
  } catch (error) {
    if (error instanceof CorsPolicyError) return error
  }
  throw new Error('it threw no CorsPolicyError')
}

const firstFrame = ({ stack = '' }: Error) => /^ {4}at .*$/m.exec(stack)?.[0]

describe('the stack of a CorsPolicyError', () => {
  it.each<[string, () => unknown]>([
    ['createCors', () => createCors(BAD as never)],
    ['createStrictCors', () => createStrictCors(BAD as never)],
    ['policyFromEnv', () => policyFromEnv({})],
    ['policyFromJson', () => policyFromJson('{')],
    ['serialize', () => serialize(BAD)],
    ['diffPolicies', () => diffPolicies(GOOD, BAD)],
    ['observe', () => observe(BAD as never, { onDecision() {} })],
    ['logInDevelopment', () => logInDevelopment(BAD as never)],
    ['shadow', () => shadow(GOOD, BAD, { onDisagreement() {} })],
    ['createSwappable', () => createSwappable(BAD as never)],
    ['swap', () => createSwappable(GOOD).swap(BAD)],
    ['corsRoutes', () => corsRoutes([{ path: '/api', policy: BAD as never }])],
    ['createProxy', () => createProxy({ upstream: 'http://127.0.0.1:5000', cors: BAD })],
  ])('begins at the caller of %s()', (_name, act) => {
    expect(firstFrame(thrownBy(act))).toContain('blame.test.ts')
  })

  it.each(adapters)('begins at the caller of %s, %s()', async (file, name) => {
    const module: Record<string, (policy: object, other: object) => unknown> = await import(`../../adapters/${file}`)
    const other = name === 'withCors' ? Object.assign(() => new Response(), { fetch: () => new Response() }) : {}
    expect(firstFrame(thrownBy(() => module[name]?.(BAD, other)))).toContain('blame.test.ts')
  })

  it('leaves other errors where they were thrown', () => {
    const other = new TypeError('of somebody else')
    const { stack } = other
    expect(() =>
      blamingCaller(createCors, () => {
        throw other
      }),
    ).toThrow(other)
    expect(other.stack).toBe(stack)
  })

  it('keeps the message', () => {
    expect(thrownBy(() => createCors(BAD as never)).stack).toMatch(
      /^CorsPolicyError: this policy has 1 defect\n {2}origins\[0\]/,
    )
  })
})

describe('a terminal', () => {
  it('shows the line of the user first, and each issue once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'corsmith-blame-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'main.mjs')
    const source = JSON.stringify(join(ROOT, 'src/index.ts'))
    writeFileSync(file, `import { createCors } from ${source}\n\ncreateCors({ origins: ['https://a.com/'] })\n`)
    const { stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect(stderr).toMatch(/^file:\/\/\S*main\.mjs:3\ncreateCors\(\{ origins: \['https:\/\/a\.com\/'\] \}\)\n/)
    expect(stderr.split('an origin has no trailing slash')).toHaveLength(2)
  })

  it('shows the code, and no list of the issues', () => {
    const error = thrownBy(() => createCors(BAD as never))
    expect(inspect(error)).toContain("code: 'ERR_CORS_POLICY'")
    expect(inspect(error)).not.toContain('issues:')
    expect(error.issues).toHaveLength(1)
  })
})

describe('an entry of a variable that is not set', () => {
  it.each([undefined, 'undefined', 'https://undefined', ''])('%o asks to set it', (entry) => {
    const { message } = thrownBy(() => createCors({ origins: [entry] } as never))
    expect(message).toContain('not set: set it, or leave this entry out')
  })
})
