// The module that `corsmith compile js` writes: its text, what it refuses, and what it says when it is stale.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { emitModule } from '../../src/build/emit.ts'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { hash } from '../../src/policy.ts'
import { VERSION } from '../../src/spec/version.ts'
import { corsmith, file } from '../cli/run.ts'
import { evaluate } from '../support/compiled.ts'
import { APP, actual } from '../support/exchanges.ts'
import { constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

const POLICY = { origins: [APP], methods: ['PUT'], maxAge: 600 } as const

describe('emitModule()', () => {
  it('names the source, the version and the hash of the policy in its head', () => {
    const { code } = emitModule(POLICY, { source: 'policy.json' })
    expect(code).toContain(`policy.json, compiled by corsmith ${VERSION}`)
    expect(code).toContain(`Policy ${hash(POLICY)}.`)
    expect(emitModule(POLICY, { source: 'a\n*/ b' }).code.split('\n')[0]).toContain('a?*/ b')
  })

  it('imports the runtime alone, and of it only what the policy uses', () => {
    const { code } = emitModule(POLICY)
    expect(code.match(/^import .*$/gm)).toEqual(["import { answering, assemble, wrapping } from 'corsmith/runtime'"])
  })

  it('throws every defect of a policy', () => {
    expect(() => emitModule({ origins: [`${APP}/`], methods: ['put'] })).toThrow(/2 defects/)
  })

  it('wants to know where a predicate comes from', () => {
    expect(() => emitModule({ origins: () => true })).toThrow('a predicate is code')
  })

  it('writes texts that cannot leave their literal', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a text that looks like a template is the point.
    const origins = ["app://a'b`c${d}", 'app://a"b', 'app://%3C'] as const
    for (const list of [origins, [...origins, ...Array.from({ length: 100 }, (_, i) => `https://a${i}.example.com`)]]) {
      const { cors } = evaluate(emitModule({ origins: list }))
      expect(cors.policy.origins).toEqual(list)
    }
  })

  it('gives back every policy that constructs', () => {
    holds(
      fc.property(constructing, (policy) => {
        if (typeof policy.origins === 'function') return
        expect(evaluate(emitModule(policy)).cors.policy).toEqual(createCors(policy as CorsPolicy).policy)
      }),
    )
  })
})

describe('a compiled module', () => {
  it('says at load that another version made it', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { code } = emitModule(POLICY)
    evaluate({ code })
    expect(warn).not.toHaveBeenCalled()
    const { cors } = evaluate({ code: code.replace(`version: '${VERSION}'`, "version: '0.0.9'") })
    expect(warn).toHaveBeenCalledWith(`corsmith ${VERSION}: 0.0.9 compiled this policy, compile it again`)
    expect(cors.decide(actual(APP)).shared).toBe(true)
    warn.mockRestore()
  })

  it('gives adapters and handlers the same answers as the whole Cors', async () => {
    const { cors, answers, wrap } = evaluate(emitModule({ ...POLICY, refused: 'forbid' }))
    const handler = () => new Response('hello')
    for (const origin of [APP, 'https://stranger.example', null]) {
      for (const method of ['GET', 'PUT', 'OPTIONS']) {
        const asked = { 'Access-Control-Request-Method': 'PUT', ...(origin === null ? {} : { Origin: origin }) }
        const request = () => new Request('https://api.example.net/', { method, headers: asked })
        const whole = await cors.wrap(handler)(request())
        for (const made of [await answers.wrap(handler)(request()), await wrap(handler)(request())]) {
          expect([made.status, [...made.headers]]).toEqual([whole.status, [...whole.headers]])
        }
      }
    }
  })
})

describe('corsmith compile js', () => {
  it('prints the module, or writes it with its declarations', async () => {
    const policy = file('policy.json', JSON.stringify(POLICY))
    const { code, out } = await corsmith(['compile', 'js', policy])
    expect([code, out.startsWith('// A CORS policy: policy.json')]).toEqual([0, true])
    const target = join(mkdtempSync(join(tmpdir(), 'corsmith-')), 'cors.js')
    expect((await corsmith(['compile', 'js', policy, '-o', target])).code).toBe(0)
    expect(readFileSync(target, 'utf8')).toBe(out)
    expect(readFileSync(target.replace('.js', '.d.ts'), 'utf8')).toContain('export declare const cors: Cors')
  })

  it('imports the module of a predicate', async () => {
    const policy = file('policy.mjs', `export const policy = { origins: (origin) => origin === '${APP}' }\n`)
    const target = policy.replace('policy.mjs', 'cors.mjs')
    expect((await corsmith(['compile', 'js', policy, '-o', target])).code).toBe(0)
    expect(readFileSync(target, 'utf8')).toContain('import { policy as source } from "./policy.mjs"')
    expect((await corsmith(['compile', 'js', policy, '-o', policy])).code).toBe(64)
  })

  it('says the sentence for a policy with a defect, and writes nothing', async () => {
    const policy = file('policy.json', JSON.stringify({ origins: [`${APP}/`] }))
    const { code, err, out } = await corsmith(['compile', 'js', policy])
    expect([code, out]).toEqual([64, ''])
    expect(err).toContain('an origin has no trailing slash')
  })

  it('names what is missing, and a file that is no module', async () => {
    expect((await corsmith(['compile', 'js'])).err).toContain('corsmith compile js policy.json')
    const policy = file('policy.json', JSON.stringify(POLICY))
    expect((await corsmith(['compile', 'js', policy, '-o', 'cors.txt'])).err).toContain('write -o cors.js')
    writeFileSync(policy, '{')
    expect((await corsmith(['compile', 'js', policy])).code).toBe(64)
  })
})
