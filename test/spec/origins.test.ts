import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  endsInNumber,
  isHost,
  isIpv4,
  isIpv6Host,
  isLabels,
  isLoopbackHost,
  isNamed,
  isOpaqueHost,
  isPort,
  isScheme,
  MAX_ORIGIN,
  parseOrigin,
} from '../../src/spec/origins.ts'
import { holds } from '../support/property.ts'

describe('parseOrigin()', () => {
  it('takes an origin apart', () => {
    expect(parseOrigin('https://app.example.com')).toEqual({ scheme: 'https', host: 'app.example.com', port: '' })
    expect(parseOrigin('http://localhost:3000')).toEqual({ scheme: 'http', host: 'localhost', port: '3000' })
    expect(parseOrigin('http://[::1]:3000')).toEqual({ scheme: 'http', host: '[::1]', port: '3000' })
    expect(parseOrigin('http://127.0.0.1')).toEqual({ scheme: 'http', host: '127.0.0.1', port: '' })
    expect(parseOrigin('capacitor://localhost')).toEqual({ scheme: 'capacitor', host: 'localhost', port: '' })
    expect(parseOrigin('https://localhost:80')).toEqual({ scheme: 'https', host: 'localhost', port: '80' })
  })

  it('finds none in null, a list, a URL, or what a browser would write otherwise', () => {
    expect(parseOrigin('null')).toBeNull()
    expect(parseOrigin('')).toBeNull()
    expect(parseOrigin('https://')).toBeNull()
    expect(parseOrigin('://a.com')).toBeNull()
    expect(parseOrigin('a.com')).toBeNull()
    expect(parseOrigin('https://a.com, https://b.com')).toBeNull()
    expect(parseOrigin('https://a.com/')).toBeNull()
    expect(parseOrigin('https://a.com?x')).toBeNull()
    expect(parseOrigin('https://u@a.com')).toBeNull()
    expect(parseOrigin('https://A.com')).toBeNull()
    expect(parseOrigin('HTTPS://a.com')).toBeNull()
    expect(parseOrigin('https://a.com:443')).toBeNull()
    expect(parseOrigin('http://a.com:80')).toBeNull()
    expect(parseOrigin('https://a.com:')).toBeNull()
    expect(parseOrigin('https://a.com.')).toBeNull()
    expect(parseOrigin('https://a..com')).toBeNull()
    expect(parseOrigin('https://a.com\n')).toBeNull()
    expect(parseOrigin(' https://a.com')).toBeNull()
    expect(parseOrigin('https://0x7f.1')).toBeNull()
    expect(parseOrigin('https://127.1')).toBeNull()
    expect(parseOrigin('http://[::0001]')).toBeNull()
    expect(parseOrigin('http://[::1')).toBeNull()
    expect(parseOrigin('file://a')).toBeNull()
  })

  it('takes hosts that the DNS would not have and browsers send', () => {
    const hosts = ['a_b.example.com', '_a_.example.com', '-a.example.test', 'a-.example.test', '-.example.test', '_']
    expect(hosts.filter((host) => parseOrigin(`http://${host}`)?.host !== host)).toEqual([])
    expect(parseOrigin('ht_tp://example.com')).toBeNull()
  })

  it("takes any host that a browser writes behind a scheme that is not the web's", () => {
    const hosts = [
      '',
      '.',
      '-',
      '..',
      'bundle',
      'obsidian.md',
      'a_b',
      '1.2.3',
      'x.',
      '%C3%A9',
      'a1cd9ab7-ab15-462c-9315',
      "!$&'()+=~{}`",
    ]
    expect(hosts.filter((host) => parseOrigin(`app://${host}`)?.host !== host)).toEqual([])
    expect(parseOrigin('app://.:8080')).toEqual({ scheme: 'app', host: '.', port: '8080' })
    expect(parseOrigin('app://[::1]')?.host).toBe('[::1]')
    expect(parseOrigin('app://x:443')?.port).toBe('443')
    expect(parseOrigin(`app://${'a'.repeat(253)}`)).not.toBeNull()
  })

  it('finds the identifier of a Safari extension, which is in upper case', () => {
    expect(parseOrigin('safari-web-extension://140BB581-A2C0-422A-9DD3-6982A5ABEE5E')?.host).toBe(
      '140BB581-A2C0-422A-9DD3-6982A5ABEE5E',
    )
    expect(parseOrigin('https://A.example')).toBeNull()
  })

  it('takes upper case for no host of any other scheme', () => {
    expect(['app://A', 'moz-extension://A1', 'capacitor://Localhost'].filter((text) => parseOrigin(text))).toEqual([])
    expect([isOpaqueHost('A'), isOpaqueHost('a')]).toEqual([false, true])
  })

  it('finds no origin of another scheme in what no browser writes, or a list would take apart', () => {
    const hosts = [
      ' ',
      '*',
      'a*',
      'a,b',
      'a;b',
      'a|b',
      'a/b',
      'a?b',
      'a#b',
      'a@b',
      'a\\b',
      'a^b',
      'a<b',
      'é',
      'a\n',
      '%',
      '%zz',
      '[',
      '[::0001]',
      'a]',
    ]
    expect(hosts.filter((host) => parseOrigin(`app://${host}`) !== null)).toEqual([])
    expect(parseOrigin(`app://${'a'.repeat(254)}`)).toBeNull()
    expect(parseOrigin('file://.')).toBeNull()
    expect(parseOrigin('app://:80')).toBeNull()
    expect(parseOrigin('https://')).toBeNull()
    expect(parseOrigin('https://.')).toBeNull()
  })

  it('reads a long host of escapes at once', () => {
    const started = performance.now()
    expect(parseOrigin(`app://${'%20'.repeat(80)}/`)).toBeNull()
    expect(performance.now() - started).toBeLessThan(200)
  })

  it('finds nothing that the URL parser would write otherwise', () => {
    const piece = fc.constantFrom(
      'a',
      'b-c',
      '1',
      '127',
      '0',
      '0x1',
      '.',
      '..',
      ':',
      ':8080',
      ':443',
      '[::1]',
      '[',
      ']',
      '%2e',
      'com',
      'xn--a',
      '-',
      '_',
      'A',
      '@',
      '/',
    )
    const value = fc
      .tuple(fc.constantFrom('https://', 'http://', 'https:', 'http:///'), fc.array(piece, { maxLength: 5 }))
      .map(([start, pieces]) => start + pieces.join(''))
    holds(
      fc.property(value, (text) => {
        if (parseOrigin(text) === null) return
        // A malformed Punycode label has no origin at all; no browser can come to send it.
        if (!text.includes('xn--')) expect(URL.parse(text)?.origin).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  it('finds every origin of plain labels that the URL parser writes', () => {
    holds(
      fc.property(fc.webAuthority({ withPort: true, withIPv4: true, withIPv6: true }), (authority) => {
        const origin = URL.parse(`https://${authority}`)?.origin
        if (origin === undefined || origin.endsWith(':0')) return
        expect(parseOrigin(origin)).not.toBeNull()
      }),
      { numRuns: 1_000 },
    )
  })

  it('looks no further than the longest origin there is', () => {
    expect(MAX_ORIGIN).toBe(326)
    expect(parseOrigin(`https://${'a.'.repeat(200)}com`)).toBeNull()
    expect(parseOrigin(`${'a'.repeat(65)}://x`)).toBeNull()
    expect(parseOrigin(`${'a'.repeat(64)}://x`)).not.toBeNull()
  })
})

describe('isLabels()', () => {
  it('takes labels of 1 to 63 characters, and names of 253', () => {
    expect(isLabels('a')).toBe(true)
    expect(isLabels('a-b.c1')).toBe(true)
    expect(isLabels('a'.repeat(63))).toBe(true)
    expect(isLabels('a'.repeat(64))).toBe(false)
    expect(isLabels(`${'a.'.repeat(126)}a`)).toBe(true)
    expect(isLabels(`${'a.'.repeat(126)}aa`)).toBe(false)
  })

  it('refuses empty labels and any character that is none of a label', () => {
    expect(['', '.', 'a.', '.a', 'a..b', 'A', 'é', 'a\u0000', 'a*', '*'].filter((text) => isLabels(text))).toEqual([])
  })

  it('takes hyphens and underscores anywhere, and stars where it is told to', () => {
    expect(['-a', 'a-', 'a.-b', '-', 'a_b', '_'].filter((text) => !isLabels(text))).toEqual([])
    expect(isLabels('*.a-*', true)).toBe(true)
    expect(isLabels('https://a.b', false, 8)).toBe(true)
  })
})

describe('isNamed()', () => {
  it('tells hosts whose labels all have a letter or a digit', () => {
    expect(['a', '-a.b-', '_1', 'a.b.c', '*.a'].filter((host) => !isNamed(host))).toEqual([])
    expect(['-', '_', '-.a', 'a.-', 'a._-_.b'].filter((host) => isNamed(host))).toEqual([])
  })
})

describe('addresses', () => {
  it('isIpv4() takes four numbers to 255 without leading zeros', () => {
    expect(isIpv4('127.0.0.1')).toBe(true)
    expect(isIpv4('255.255.255.255')).toBe(true)
    expect(isIpv4('256.0.0.1')).toBe(false)
    expect(isIpv4('1.2.3')).toBe(false)
    expect(isIpv4('01.2.3.4')).toBe(false)
    expect(isIpv4('1.2.3.4.5')).toBe(false)
    expect(isIpv4('1.2.3.')).toBe(false)
  })

  it('isIpv6Host() takes the compressed form in lower case', () => {
    expect(isIpv6Host('[::1]')).toBe(true)
    expect(isIpv6Host('[2001:db8::1]')).toBe(true)
    expect(isIpv6Host('[2001:DB8::1]')).toBe(false)
    expect(isIpv6Host('[2001:db8:0:0:0:0:0:1]')).toBe(false)
    expect(isIpv6Host('[::ffff:127.0.0.1]')).toBe(false)
    expect(isIpv6Host('[]')).toBe(false)
    expect(isIpv6Host('[::1')).toBe(false)
    expect(isIpv6Host('[fe80::1%25eth0]')).toBe(false)
  })

  it('endsInNumber() finds what the URL parser reads as an address', () => {
    expect(endsInNumber('a.1')).toBe(true)
    expect(endsInNumber('a.0x1f')).toBe(true)
    expect(endsInNumber('a.0x')).toBe(true)
    expect(endsInNumber('a.09')).toBe(true)
    expect(endsInNumber('1.a')).toBe(false)
    expect(endsInNumber('a1')).toBe(false)
    expect(endsInNumber('')).toBe(false)
    expect(isHost('a.1')).toBe(false)
    expect(isHost('1.a')).toBe(true)
  })

  it('isLoopbackHost() knows the names and addresses of the own computer', () => {
    expect(isLoopbackHost('localhost')).toBe(true)
    expect(isLoopbackHost('app.localhost')).toBe(true)
    expect(isLoopbackHost('my_app.localhost')).toBe(true)
    expect(isLoopbackHost('.localhost')).toBe(false)
    expect(isLoopbackHost('127.0.0.1')).toBe(true)
    expect(isLoopbackHost('127.9.9.9')).toBe(true)
    expect(isLoopbackHost('[::1]')).toBe(true)
    expect(isLoopbackHost('notlocalhost')).toBe(false)
    expect(isLoopbackHost('localhost.evil.test')).toBe(false)
    expect(isLoopbackHost('127.evil.test')).toBe(false)
    expect(isLoopbackHost('0.0.0.0')).toBe(false)
    expect(isLoopbackHost('192.168.0.1')).toBe(false)
  })
})

describe('schemes and ports', () => {
  it('isScheme() takes lower-case letters first, then digits and marks', () => {
    expect(isScheme('https')).toBe(true)
    expect(isScheme('chrome-extension')).toBe(true)
    expect(isScheme('a+b.c-1')).toBe(true)
    expect(isScheme('')).toBe(false)
    expect(isScheme('1a')).toBe(false)
    expect(isScheme('-a')).toBe(false)
    expect(isScheme('Https')).toBe(false)
    expect(isScheme('a_b')).toBe(false)
  })

  it('isPort() takes 1 to 65535 as a browser writes them', () => {
    expect(isPort('1')).toBe(true)
    expect(isPort('65535')).toBe(true)
    expect(isPort('65536')).toBe(false)
    expect(isPort('0')).toBe(false)
    expect(isPort('080')).toBe(false)
    expect(isPort('')).toBe(false)
    expect(isPort('+80')).toBe(false)
    expect(isPort('8e1')).toBe(false)
    expect(isPort('١')).toBe(false)
  })
})
