import { describe, expect, it } from 'vitest'
import { localNetworkNote } from '../../src/browser/algorithms/sites.ts'

const notes = (origin: string, url: string) => localNetworkNote(origin, new URL(url))
const space = (host: string) =>
  /the (\w*) address space/.exec(notes('https://app.example.com', `http://${host}/`)[0]?.message ?? '')?.[1]

describe('localNetworkNote()', () => {
  it.each([
    ['localhost', 'loopback'],
    ['a.localhost', 'loopback'],
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['[::1]', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['printer.local', 'local'],
    ['10.0.0.1', 'local'],
    ['11.0.0.1', undefined],
    ['172.15.0.1', undefined],
    ['172.16.0.1', 'local'],
    ['172.31.0.1', 'local'],
    ['172.32.0.1', undefined],
    ['173.16.0.1', undefined],
    ['192.168.1.1', 'local'],
    ['192.169.1.1', undefined],
    ['193.168.1.1', undefined],
    ['169.254.1.1', 'local'],
    ['169.253.1.1', undefined],
    ['168.254.1.1', undefined],
    ['100.63.0.1', undefined],
    ['100.64.0.1', 'local'],
    ['100.127.0.1', 'local'],
    ['100.128.0.1', undefined],
    ['101.64.0.1', undefined],
    ['[fc00::1]', 'local'],
    ['[fd12::1]', 'local'],
    ['[fe80::1]', 'local'],
    ['[fe90::1]', 'local'],
    ['[fea0::1]', 'local'],
    ['[febf::1]', 'local'],
    ['[fec0::1]', undefined],
    ['[2001:db8::fc]', undefined],
    ['api.example.org', undefined],
    ['10.example.org', undefined],
    ['local', undefined],
    // Names that look like numbers to a program, and like names to a browser.
    ['10.1e3', undefined],
    ['10.0.0.1e3', undefined],
    ['192.168.0.0b1', undefined],
  ])('knows %s as %s', (host, expected) => {
    expect(space(host)).toBe(expected)
  })

  it('says to a page of https: that the user is asked, and to others that they are blocked', () => {
    expect(notes('https://app.example.com', 'http://10.0.0.1/')).toEqual([
      {
        code: 'local-network',
        message:
          'Chromium and Firefox ask the user for permission before a public page reaches the local address space',
      },
    ])
    expect(notes('http://app.example.com', 'http://localhost/')).toEqual([
      {
        code: 'local-network',
        message: 'Chromium and Firefox block a page without https from reaching the loopback address space',
      },
    ])
  })

  it('says nothing to pages that are local themselves, or without an origin', () => {
    for (const origin of ['http://localhost:3000', 'http://10.0.0.2', 'http://printer.local', 'null']) {
      expect(notes(origin, 'http://10.0.0.1/')).toEqual([])
    }
    expect(notes('https://app.example.com', 'https://app.example.com/')).toEqual([])
  })
})
