// Origins and their parts at the edge of what they may be.
import { describe, expect, it } from 'vitest'
import { defaultPort, isIpv6Host, isLabels, isPort, MAX_ORIGIN, parseOrigin } from '../../src/spec/origins.ts'

describe('parseOrigin()', () => {
  it('takes schemes of 1 to 64 characters', () => {
    expect(parseOrigin('x://a')).toEqual({ scheme: 'x', host: 'a', port: '' })
    expect(parseOrigin(`${'x'.repeat(64)}://a`)?.host).toBe('a')
    expect(parseOrigin(`${'x'.repeat(65)}://a`)).toBeNull()
    expect(parseOrigin('://a')).toBeNull()
  })

  it('takes an origin of the greatest length, and looks at no longer one', () => {
    const longest = `${'x'.repeat(64)}://${`${'a'.repeat(49)}.`.repeat(5)}abc:65535`
    expect(longest).toHaveLength(MAX_ORIGIN)
    expect(parseOrigin(longest)?.port).toBe('65535')
    expect(parseOrigin(`${longest}0`)).toBeNull()
  })

  it('takes a bracket that is not closed for no host', () => {
    expect(parseOrigin('http://[::1')).toBeNull()
    expect(parseOrigin('http://[::1]:80')).toBeNull()
    expect(parseOrigin('http://[::1]:8080')).toEqual({ scheme: 'http', host: '[::1]', port: '8080' })
  })
})

describe('the parts of an origin', () => {
  it('defaultPort() is known of http and https alone', () => {
    expect(['http', 'https', 'ws', 'x', ''].map(defaultPort)).toEqual(['80', '443', '', '', ''])
  })

  it('isLabels() reads from where it is told to', () => {
    expect(isLabels('https://a.com', false, 8)).toBe(true)
    expect(isLabels('https://', false, 8)).toBe(false)
    expect(isLabels(`https://${'a.'.repeat(126)}a`, false, 8)).toBe(true)
    expect(isLabels(`https://${'a.'.repeat(126)}aa`, false, 8)).toBe(false)
    expect(isLabels('', false)).toBe(false)
  })

  it('isLabels() with underscores takes no other mark', () => {
    expect(isLabels('a_b', true)).toBe(true)
    expect(['a b', 'a!b', 'a^b', 'a`b', 'aAb', 'a/b'].filter((host) => isLabels(host, true))).toEqual([])
  })

  it('isIpv6Host() takes the longest address there is', () => {
    const longest = '[1111:2222:3333:4444:5555:6666:7777:8888]'
    expect(longest).toHaveLength(41)
    expect(isIpv6Host(longest)).toBe(true)
    expect(isIpv6Host('a.com')).toBe(false)
  })

  it('isPort() takes no longer number, whatever its digits', () => {
    expect(['65535', '1', '99999', '65536', '000080', '100000', '8e1', ''].filter(isPort)).toEqual(['65535', '1'])
  })
})
