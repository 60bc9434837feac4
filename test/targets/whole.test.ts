import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { hash } from '../../src/policy.ts'
import { compile, compileText, isTarget, type TargetName, targets } from '../../src/targets.ts'
import { constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

const POLICY: CorsPolicy = { origins: ['https://app.example.com'], credentials: true, methods: ['PUT'] }
const PLACE = { upstream: 'http://127.0.0.1:3000', listen: '127.0.0.1:8080' }

describe('compile()', () => {
  it('names the policy in the text, by its hash', () => {
    for (const { name } of targets) expect(compileText(POLICY, name)).toContain(`Policy ${hash(POLICY)}`)
  })

  it('says in the text and in the notes which targets no test runs', () => {
    for (const { name, proven } of targets) {
      const { files, notes } = compile(POLICY, name)
      const remark = 'the tests do not run it'
      expect([name, notes.join().includes(remark)]).toEqual([name, !proven])
      const flat = files.at(-1)?.text.replaceAll(/\s*(?:-->)?\n(?:#|\/\/|<!--) ?/g, ' ')
      expect([name, flat?.includes(remark)]).toEqual([name, !proven])
    }
  })

  it('gives data as data, and the command that reads it beside it', () => {
    const { files } = compile(POLICY, 's3')
    expect(files.map(({ path }) => path)).toEqual(['cors.json', 'cors.sh'])
    expect(JSON.parse(files[0]?.text ?? '')).toMatchObject({
      CORSRules: [{ AllowedOrigins: ['https://app.example.com'], AllowedMethods: ['GET', 'HEAD', 'POST', 'PUT'] }],
    })
    expect(files[1]?.text).toContain('aws s3api put-bucket-cors')
  })

  it('writes nothing for a bucket that would allow credentials which the policy does not', () => {
    const { files, losses } = compile({ origins: ['https://app.example.com'] }, 's3')
    expect([files, losses.map(({ code }) => code)]).toEqual([[], ['credentials-always']])
    expect(compile({ origins: '*' }, 's3').files).not.toEqual([])
  })

  it('writes into the one list of a bucket only what the policy allows both ways', () => {
    const { files, losses } = compile(
      {
        origins: ['https://app.example.com'],
        requestHeaders: ['Content-Type', 'X-Sent', 'X-Both'],
        exposedHeaders: ['ETag', 'x-both'],
      },
      'gcs',
    )
    expect(JSON.parse(files[0]?.text ?? '')).toMatchObject([{ responseHeader: ['Content-Type', 'X-Both', 'x-both'] }])
    expect(losses.map(({ code, value }) => [code, value])).toEqual([
      ['one-list', 'X-Sent'],
      ['one-list', 'ETag'],
    ])
  })

  it('writes nothing for a function, and says why', () => {
    for (const { name } of targets)
      expect(compile({ origins: () => false }, name)).toMatchObject({
        files: [],
        losses: [{ code: 'origin-predicate' }],
      })
  })

  it('throws for a policy with a defect, and for a target that there is not', () => {
    expect(() => compile({ origins: '*', credentials: true } as CorsPolicy, 'nginx')).toThrow(
      'this policy has 1 defect',
    )
    expect(() => compile(POLICY, 'ngnix' as TargetName)).toThrow('"ngnix" is not a target')
    expect(() => compile(POLICY, 'toString' as TargetName)).toThrow('is not a target')
  })

  it('gives each loss its requests and what to do instead', () => {
    holds(
      fc.property(constructing, fc.constantFrom(...targets.map(({ name }) => name)), (policy, target) => {
        const { files, losses, notes } = compile(policy, target)
        for (const loss of losses) {
          expect([loss.what, loss.requests, loss.instead].every((text) => text.length > 5)).toBe(true)
          expect(loss.what.endsWith('.')).toBe(false)
        }
        expect(notes.length).toBeGreaterThan(1)
        // Something is lost wherever nothing is written.
        if (files.length === 0) expect(losses.length).toBeGreaterThan(0)
        createCors(policy)
      }),
    )
  })
})

describe('compile() with a place', () => {
  const whole = targets.filter(({ name }) => ['nginx', 'apache', 'caddy', 'haproxy', 'varnish', 'envoy'].includes(name))

  it.each(whole)('writes a configuration for $name that holds the API and the address', ({ name }) => {
    const [file] = compile(POLICY, name, PLACE).files
    expect(file?.text).toContain('3000')
    expect(file?.text).toContain('8080')
    expect(file?.text).toContain('https://app')
  })

  it.each([
    [{ upstream: 'http://127.0.0.1:3000' }, 'upstream needs listen'],
    [{ listen: '127.0.0.1:8080' }, 'listen needs upstream'],
    [{ ...PLACE, listen: '127.0.0.1' }, 'write an address and a port'],
    [{ ...PLACE, listen: '127.0.0.1:99999' }, 'write an address and a port'],
    [{ ...PLACE, listen: '127.0.0.1:8080; } evil {' }, 'write an address and a port'],
    [{ ...PLACE, upstream: 'http://127.0.0.1:3000/path' }, 'write an origin'],
    [{ ...PLACE, upstream: 'http://user:secret@127.0.0.1:3000' }, 'write an origin'],
    [{ ...PLACE, upstream: 'http://127.0.0.1:3000;}evil' }, 'write an origin'],
    [{ ...PLACE, upstream: 'file:///etc/passwd' }, 'write an origin'],
  ])('refuses %j', (options, sentence) => {
    for (const { name } of whole) expect(() => compile(POLICY, name, options)).toThrow(sentence)
  })

  it('refuses targets that are no server', () => {
    for (const { name } of targets.filter((each) => !whole.includes(each)))
      expect(() => compile(POLICY, name, PLACE)).toThrow('leave')
  })
})

describe('targets', () => {
  it('names each target once, and isTarget knows them', () => {
    const names = targets.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.every(isTarget)).toBe(true)
    expect(['', 'toString', '__proto__', 'azure', 'nginx '].filter(isTarget)).toEqual([])
  })
})
