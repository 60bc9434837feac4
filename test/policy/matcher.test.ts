// How an entry is found: by length, whatever the order of the list, and never by an origin that holds "*".
import { describe, expect, it } from 'vitest'
import { entriesOf } from '../../src/policy/check/origin-entry.ts'
import { createMatcher, patternCover } from '../../src/policy/patterns.ts'

const match = (entries: readonly string[], origin: string) => createMatcher(new Set(), entriesOf(entries))(origin)

describe('createMatcher()', () => {
  it.each<[string[], string, number | null]>([
    // Patterns of several lengths.
    [['https://*.org', 'https://*.bb.example.com'], 'https://a.org', 0],
    [['https://*.org', 'https://*.bb.example.com'], 'https://a.bb.example.com', 1],
    [['https://*.bb.org', 'https://*.a.cc.org'], 'https://x.a.cc.org', 1],
    [['https://*-x.a.com', 'https://*-long.a.com'], 'https://b-x.a.com', 0],
    [['https://*-x.a.com', 'https://*-long.a.com'], 'https://b-long.a.com', 1],
    [['https://app-*.a.com', 'https://application-*.a.com'], 'https://app-x.a.com', 0],
    [['https://app-*.a.com', 'https://application-*.a.com'], 'https://application-x.a.com', 1],
    [['https://app-*.a.com', 'http://app-*.a.com'], 'http://app-x.a.com', 1],
    // The "*" stands for one character at least.
    [['https://*.a.com'], 'https://.a.com', null],
    [['https://app-*-x.a.com'], 'https://app--x.a.com', null],
    [['https://app-*-x.a.com'], 'https://app-1-x.a.com', 0],
    [['https://app-*-x.a.com'], 'https://app-x.a.com', null],
    [['https://app-*.a.com'], 'https://app-x.y.a.com', null],
    // Ports.
    [['https://*.a.com:8443'], 'https://x.a.com:8443', 0],
    [['https://*.a.com:8443'], 'https://x.a.com', null],
    [['https://*.a.com'], 'https://x.a.com:8443', null],
    [['https://app-*.a.com:8443'], 'https://app-x.a.com:8443', 0],
    [['http://localhost:*'], 'http://localhost', 0],
    [['http://localhost:*'], 'http://localhost:3000', 0],
    [['http://localhost:*'], 'http://localhost:80', null],
    [['http://localhost:*'], 'http://localhost:03000', null],
    // Entries that few lists have, side by side.
    [['http://*.localhost:*', 'app://*'], 'http://x.localhost', 0],
    [['http://*.localhost:*', 'app://*'], 'http://x.localhost:3000', 0],
    [['http://*.localhost:*', 'app://*'], 'app://bundle', 1],
    [['http://*.localhost:*', 'app://*'], 'app://bundle:1', null],
    [['http://*.localhost:*', 'app://*'], 'app://', null],
    [['moz-extension://*', 'app://*'], 'moz-extension://a', 0],
    // What a program sends as its Origin.
    [['https://*.a.com'], 'https://*.a.com', null],
    [['https://*.a.com'], 'https://*.a.c', null],
    [['https://*.a.com'], 'https://x*.a.com', null],
    [['https://app-*.a.com'], 'https://app-*.a.com', null],
    [['https://app-*.a.com'], 'https://app-**.a.com', null],
    [['app://*'], 'app:/', null],
    [['https://*.a.com'], `https://${'x.'.repeat(5_000)}a.com`, null],
  ])('%j: %s is matched by %j', (entries, origin, index) => {
    const expected = index === null ? null : entries[index]
    expect(match(entries, origin)).toBe(expected)
    expect(match(entries.toReversed(), origin)).toBe(expected)
  })
})

describe('patternCover()', () => {
  it.each([
    ['https://*.a.com', 'https://*.b.a.com', true],
    ['https://*.a.com', 'https://x-*.a.com', true],
    ['https://*.a.com', 'https://*.a.com', false],
    ['https://app-*.a.com', 'https://app-x-*.a.com', true],
    ['https://app-*.a.com', 'https://app-*-x.a.com', true],
    ['https://app-*.a.com', 'https://app-*.a.com', false],
    ['https://app-*.a.com', 'https://*.a.com', false],
    ['https://*-x.a.com', 'https://y-*-x.a.com', true],
    ['https://*.a.com', 'http://*.b.a.com', false],
  ])('%s covers %s: %j', (entry, pattern, expected) => {
    expect(patternCover(entriesOf([entry]))(pattern)).toBe(expected)
  })
})
