import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellWords } from '../../src/diagnose/imports/words.ts'
import { isTarget, snippet, TARGETS, type Target } from '../../src/diagnose.ts'
import { type CorsPolicy, checkPolicy } from '../../src/index.ts'
import type { Fitted } from '../../src/targets/can.ts'
import { askedHeaders } from '../../src/targets/header-values.ts'
import { toOrigin } from '../../src/targets/origin-regex.ts'
import { rowOf, TARGET_NAMES } from '../../src/targets/table.ts'
import { compile, compileText } from '../../src/targets.ts'
import { allows, candidate, entries } from '../support/policies.ts'
import { holds } from '../support/property.ts'

const RICH: CorsPolicy = {
  origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
  credentials: true,
  methods: ['PUT', 'DELETE'],
  requestHeaders: ['Content-Type', 'Authorization', 'X-Stainless-*'],
  exposedHeaders: ['X-Total', 'ETag'],
  maxAge: 300,
}

describe('compileText()', () => {
  it.each(TARGET_NAMES)('writes for %s all that a policy says, and for everybody', (target) => {
    expect(compileText(RICH, target)).toMatchSnapshot()
    expect(
      compileText({ origins: '*', methods: '*', requestHeaders: '*', exposedHeaders: '*' }, target),
    ).toMatchSnapshot()
  })

  it('is null for what has no configuration of its own', () => {
    const others = (Object.keys(TARGETS) as Target[]).filter((target) => !isTarget(target))
    expect(others.map((target) => [target, snippet(target, RICH)])).toEqual(others.map((target) => [target, null]))
  })

  it.each(TARGET_NAMES)(
    'says no max-age for %s that the policy does not say, or the one that browsers assume',
    (target) => {
      const text = compileText({ origins: ['https://app.example.com'], methods: ['PUT'] }, target)
      const [, age = '5'] = /max[-_ ]?age[^\d\n]{0,20}(\d+)/i.exec(text) ?? []
      expect(age).toBe('5')
    },
  )

  it('writes nothing to paste where nothing is left to allow', () => {
    const policy = { origins: ['https://app-*.example.com'], credentials: true } as const
    const { files, losses } = compile(policy, 's3')
    const text = compileText(policy, 's3')
    expect(files).toEqual([])
    expect(losses).toMatchObject([{ code: 'origin-pattern', value: 'https://app-*.example.com' }])
    expect(text).toContain('No entry is left')
    expect(text).not.toContain('AllowedOrigins')
    expect(compileText({ origins: () => true }, 'nginx')).toMatch(/origins is a function/)
  })
})

describe('compile()', () => {
  it.each(TARGET_NAMES)('names in the text of %s everything that it leaves out', (target) => {
    const policy: CorsPolicy = {
      ...RICH,
      origins: ['https://app.example.com', 'https://app-*.example.com', 'http://*.localhost:*', 'moz-extension://abc'],
      exposedHeaders: ['X-Rate-*'],
      refused: 'forbid',
      timingAllowOrigin: true,
    }
    const text = compileText(policy, target)
    const { losses } = compile(policy, target)
    const flat = text.replaceAll(/\s*-->\s*<!--\s*|\n(?:#|\/\/) /g, ' ')
    expect(losses.filter(({ what }) => !flat.includes(what.replaceAll('--', '- -')))).toEqual([])
    expect(losses.length > 0).toBe(rowOf(target)?.by === 'itself')
  })
})

describe('the expressions of origins', () => {
  it('match what the policy means, and nothing else, in full and in small', () => {
    holds(
      fc.property(
        entries.chain((list) => fc.tuple(fc.constant(list), fc.array(candidate(list), { maxLength: 20 }))),
        ([list, origins]) => {
          const made = list.map((text) => toOrigin(text)).filter((origin) => origin !== null)
          for (const origin of [...list, ...origins]) {
            const isMeant = allows(
              made.map(({ text }) => text),
              origin,
            )
            const isFull = made.some(({ regex }) => new RegExp(regex).test(origin))
            const isSmall = made.some(({ small }) => small.some((regex) => new RegExp(regex).test(origin)))
            // Any host of a scheme is told by fewer characters: those with a meaning of their own in some quoting are left out.
            const isOdd = /[!$&'()+="`{}%]/.test(origin)
            expect([origin, isFull, isSmall]).toEqual([
              origin,
              isMeant && (isFull || !isOdd),
              isMeant && (isSmall || !isOdd),
            ])
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('the expressions of a text', () => {
  it('take no longer for a hostile value than for a short one', () => {
    const patterns = [
      'https://*.example.com',
      'https://app-*.example.com',
      'http://*.localhost:*',
      'http://localhost:*',
    ]
    const hostile = [
      `https://${'aaaaaaaaaa.'.repeat(22)}example.org`,
      `https://${'a-b_c-d_e.'.repeat(24)}example.co`,
      `https://app-${'a'.repeat(250)}`,
      `http://${'-a-a-a-a.'.repeat(27)}localhost:65536`,
    ]
    const expressions = patterns.flatMap((text) => toOrigin(text)?.regex ?? [])
    const names = { anyHeader: false, requestHeaders: ['X-Long-A', 'x-own'], headerPrefixes: ['X-Long-', 'X-Long-A'] }
    const asked = askedHeaders({ ...(names as unknown as Fitted) })
    const start = performance.now()
    for (const source of expressions) for (const text of hostile) expect(new RegExp(source).test(text)).toBe(false)
    expect(new RegExp(asked).test(`${'x-long-ab, '.repeat(60)}!`)).toBe(false)
    expect(new RegExp(asked).test('x-long-a, x-own, x-long-ab')).toBe(true)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

/** A header name with everything that a token may hold. */
const token = fc
  .array(fc.constantFrom(...`!#$%&'*+.^_\`|~-aZ0`), { minLength: 1, maxLength: 6 })
  .map((characters) => `X${characters.join('')}x`)

const hostile = fc
  .record({
    methods: fc.uniqueArray(
      token.map((name) => name.toUpperCase()),
      { minLength: 1, maxLength: 3 },
    ),
    requestHeaders: fc.uniqueArray(token, { minLength: 1, maxLength: 3, selector: (name) => name.toLowerCase() }),
    exposedHeaders: fc.uniqueArray(token, { minLength: 1, maxLength: 3, selector: (name) => name.toLowerCase() }),
    app: fc.constantFrom(
      "app://a'b",
      'app://a"b',
      'app://a`b',
      'app://a$b',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: shells and templates would read it.
      'app://${b}',
      'app://(b)',
      'app://{b}',
      'app://a%20b',
    ),
  })
  .map(({ app, ...names }): CorsPolicy => ({ origins: ['https://app.example.com', app], ...names }))
  .filter((policy) => checkPolicy(policy).every(({ severity }) => severity !== 'error'))

/** A text without its comments, and with every quoted part as one mark. */
function skeleton(text: string): string {
  return text
    .replaceAll(/^(?:#|\/\/|<!--) .*$/gm, '')
    .replaceAll(/r'[^']*'|:?'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|%r\{.*?\\z\}/g, 'Q')
    .replaceAll(/Q(?:[,\s]+Q)+/g, 'Q')
    .replaceAll(/\s+/g, ' ')
}

describe('hostile values', () => {
  const quoted = TARGET_NAMES.filter((target) => {
    const row = rowOf(target)
    return row?.by === 'itself' && row.can.quoting === 'any' && row.language !== 'sh'
  })

  it.each(quoted)('never leave the quotes of %s', (target) => {
    holds(
      fc.property(hostile, (policy) => {
        const plain: CorsPolicy = {
          origins: ['https://app.example.com', 'app://abc'],
          methods: ['PURGE'],
          requestHeaders: ['X-Own'],
          exposedHeaders: ['X-Own'],
        }
        const kinds = [policy, plain].map((each) => skeleton(compileText(each, target)))
        // Whether one is a regular expression, and how many there are, depends on the value; what surrounds the quotes does not.
        const marks = kinds.map((kind) =>
          kind
            .replaceAll(/re\.compile\(Q(?:, re\.IGNORECASE)?\)|- (?:exact: Q|safe_regex: \{ regex: Q \})/g, 'Q')
            .replaceAll(/Q(?:[,\s]+Q)+/g, 'Q'),
        )
        expect(marks[0]).toBe(marks[1])
      }),
    )
  })

  it('never end a document that a shell or XML holds', () => {
    const targets = TARGET_NAMES.filter((target) => ['sh', 'xml'].includes(rowOf(target)?.language ?? ''))
    holds(
      fc.property(hostile, fc.constantFrom(...targets), (policy, target) => {
        const text = compileText(policy, target)
        const lines = text.split('\n')
        if (text.includes("<<'JSON'")) {
          const [start, end] = [lines.indexOf("cat > cors.json <<'JSON'"), lines.indexOf('JSON')]
          expect(() => JSON.parse(lines.slice(start + 1, end).join('\n'))).not.toThrow()
          expect(lines.slice(end + 1).length).toBe(1)
        }
        if (text.startsWith('<!--')) {
          const comments = lines.filter((line) => line.startsWith('<!--'))
          expect(comments.filter((line) => !/^<!--(?:(?!--).)*-->$/.test(line))).toEqual([])
        }
        const az = lines.find((line) => line.startsWith('az '))
        if (az !== undefined) expect(shellWords(az)).toContain('https://app.example.com')
      }),
    )
  })

  it('never put two dashes into an XML comment, however many there are', () => {
    const text = compileText({ origins: ['https://app.example.com'], exposedHeaders: ['X!---x', 'X!----x'] }, 'iis')
    const comments = text.split('\n').filter((line) => line.includes('<!--'))
    expect(comments.some((line) => line.includes('X!'))).toBe(true)
    expect(comments.filter((line) => !/^\s*<!--(?:(?!--).)*-->$/.test(line))).toEqual([])
  })

  it('are no code for Python', () => {
    const texts = fc
      .sample(hostile, { numRuns: 20, seed: 1 })
      .flatMap((policy) => (['flask', 'django', 'fastapi'] as const).map((target) => compileText(policy, target)))
    const check = 'import ast, json, sys; [ast.parse(text) for text in json.load(sys.stdin)]'
    execFileSync('python3', ['-c', check], { input: JSON.stringify(texts) })
  })
})

describe('TARGETS', () => {
  it('names each, and knows which can be chosen', () => {
    expect(TARGETS).toMatchSnapshot()
    expect(TARGET_NAMES.filter((target) => !isTarget(target))).toEqual([])
    expect(['client', 'waf', 'network', '', 'nginx ', 'toString', '__proto__'].filter(isTarget)).toEqual([])
  })

  it('has each name once', () => {
    expect(new Set(TARGET_NAMES).size).toBe(TARGET_NAMES.length)
  })
})

describe('a loss', () => {
  it('names each common method that a bucket does not know', () => {
    const { losses } = compile({ origins: '*', methods: '*' }, 's3')
    expect(losses.map(({ code, value }) => [code, value])).toEqual([
      ['method-any', null],
      ['method', 'PATCH'],
    ])
  })

  it('names each host with which a Go program would not start', () => {
    const origins = ['app://-', 'https://a_b.example.com', 'https://*.c_d.example.com']
    const fine = ['https://app.example.com', 'https://xn--xample-9ua.com', 'http://[::1]:8080', 'http://localhost:*']
    const { losses } = compile({ origins: [...origins, ...fine] }, 'go')
    expect(losses.map(({ code, value }) => [code, value])).toEqual(origins.map((value) => ['origin-host', value]))
  })
})
