import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { checkPolicy, createCors, type PolicyIssue } from '../../src/index.ts'
import { holds } from '../support/property.ts'
import { applySuggestion, applySuggestions, withoutOffenders } from './apply-suggestions.ts'
import { askedOrigin, policy } from './arbitraries.ts'

// Many runs, or a compiler's: slower on a busy machine than a unit test may be.
vi.setConfig({ testTimeout: 60_000 })

const RUNS = { numRuns: 3_000 }

function constructs(value: unknown): boolean {
  try {
    createCors(value as never)
    return true
  } catch {
    return false
  }
}

function errors(value: unknown): PolicyIssue[] {
  return checkPolicy(value).filter(({ severity }) => severity === 'error')
}

function shares(value: unknown, origin: string): boolean {
  const request = { method: 'GET', headers: { get: (name: string) => (name === 'origin' ? origin : null) } }
  return createCors(value as never).decide(request).shared
}

/** How often an issue of this code stands at this option, or at an element of it. */
function count(issues: readonly PolicyIssue[], { code, path }: PolicyIssue): number {
  return issues.filter((other) => other.code === code && other.path[0] === path[0]).length
}

describe('checkPolicy()', () => {
  it('finds no error exactly when createCors() constructs', () => {
    holds(
      fc.property(policy, (value) => {
        expect(errors(value).length === 0).toBe(constructs(value))
      }),
      RUNS,
    )
  })

  it('suggests what removes the issue, and all that is wrong at its place', () => {
    holds(
      fc.property(policy, (value) => {
        const issues = checkPolicy(value)
        for (const issue of issues) {
          if (issue.suggestion === undefined) continue
          const after = checkPolicy(applySuggestion(value, issue))
          expect(count(after, issue), `${issue.code} at ${issue.path.join('.')}`).toBeLessThan(count(issues, issue))
          if (issue.suggestion === null || issue.code === 'unknown-key') continue
          const same = after.filter(({ path, severity }) => severity === 'error' && String(path) === String(issue.path))
          expect(same, `${String(issue.path)} after ${String(issue.suggestion)}`).toEqual([])
        }
      }),
      RUNS,
    )
  })

  it('suggests one value for all that is wrong at one place', () => {
    holds(
      fc.property(policy, (value) => {
        const found = new Map<string, unknown>()
        for (const { path, suggestion, severity } of checkPolicy(value)) {
          if (severity === 'warning') continue
          const place = String(path)
          if (found.has(place)) expect(suggestion).toBe(found.get(place))
          found.set(place, suggestion)
        }
      }),
      RUNS,
    )
  })

  it('never widens by suggestions without review: an entry is repaired to the origin that it names, or left out', () => {
    holds(
      fc.property(policy, fc.array(askedOrigin, { minLength: 1, maxLength: 12 }), (value, asked) => {
        const issues = checkPolicy(value)
        const safe = issues.filter(({ review }) => review !== true)
        const repaired = applySuggestions(value, safe)
        const removed = withoutOffenders(value, errors(value))
        if (!constructs(repaired)) return
        const named = issues.flatMap(({ path, value: text, suggestion, severity, review }) =>
          path[0] === 'origins' && severity === 'error' && typeof suggestion === 'string' && review !== true
            ? [{ text, suggestion }]
            : [],
        )
        for (const { text, suggestion } of named)
          if (!suggestion.includes('*')) expect(URL.parse(String(text).trim())?.origin).toBe(new URL(suggestion).origin)
        for (const origin of asked) {
          if (!shares(repaired, origin)) continue
          const isLeft = constructs(removed) && shares(removed, origin)
          const isNamed = named.some(({ suggestion }) =>
            shares({ ...repaired, credentials: false, refused: 'pass', origins: [suggestion] }, origin),
          )
          expect(isLeft || isNamed, `${origin} repaired`).toBe(true)
        }
        if (removed.credentials !== true) expect(repaired.credentials === true).toBe(false)
      }),
      RUNS,
    )
  })

  it('lets no declarative policy with credentials that constructs share with a stranger', () => {
    holds(
      fc.property(policy, (value) => {
        const declared: Record<string, unknown> = { ...value, credentials: true }
        if (typeof declared.origins === 'function' || !constructs(declared)) return
        for (const origin of [
          'https://stranger.test',
          'http://stranger.test',
          'https://evila.com',
          'https://a.com.evil.test',
          'null',
        ]) {
          expect(shares(declared, origin)).toBe(false)
        }
      }),
      RUNS,
    )
  })
})
