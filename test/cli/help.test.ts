import { describe, expect, it } from 'vitest'
import { COMMAND_OPTIONS } from '../../src/cli/command-options.ts'
import { didYouMean } from '../../src/cli/suggest.ts'
import { COMMAND_NAMES } from '../../src/cli/usage.ts'
import { corsmith } from './run.ts'

describe('corsmith --help', () => {
  it('fits on a screen and names every command', async () => {
    const { code, out } = await corsmith(['--help'])
    const lines = out.split('\n')
    expect([code, lines.length < 24, lines.filter((line) => line.length > 100)]).toEqual([0, true, []])
    expect(COMMAND_NAMES.filter((name) => !out.includes(`corsmith ${name}`))).toEqual([])
    expect((await corsmith(['help'])).out).toBe(out)
  })
})

describe.each(COMMAND_NAMES)('corsmith %s --help', (name) => {
  it('prints its own options, one example and nothing wider than 100 columns', async () => {
    const { code, out, err } = await corsmith([name, '--help'])
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([])
    const printed = [...out.matchAll(/^ {2}(?:-\w, | {4})--([a-z-]+)/gm)].map((match) => match[1])
    expect(printed).toEqual(Object.keys(COMMAND_OPTIONS[name]))
    expect(out.match(/^Example\n {2}corsmith /gm)).toHaveLength(1)
    expect(out).toMatch(new RegExp(`^  corsmith ${name}`, 'm'))
  })

  it('is the same after `help`, and wherever the option stands', async () => {
    const { out } = await corsmith([name, '--help'])
    expect((await corsmith(['help', name])).out).toBe(out)
    expect((await corsmith([name, 'x', '--bogus', '-h'])).out).toBe(out)
    expect((await corsmith(['--help', name])).out).toBe(out)
  })
})

describe('a word that is not known', () => {
  it.each([
    [['chekc'], 'did you mean check?'],
    [['Explain'], 'did you mean explain?'],
    [['help', 'lnit'], 'did you mean'],
    [['chekc', '--help'], 'did you mean check?'],
    [['check', 'https://a.com', '--orign', 'https://b.com'], 'did you mean --origin?'],
    [['check', 'https://a.com', '--orign=https://b.com'], 'did you mean --origin?'],
    [['lint', 'policy.json', '--fail_on', 'error'], 'did you mean --fail-on?'],
    [['lint', 'policy.json', '--bogus'], 'see corsmith lint --help'],
    [['init', 'ngnix'], 'did you mean nginx?'],
    [['migrate', '--from', 'expres', 'a.js'], 'did you mean express?'],
    [['why', 'allow-origin-mising'], 'did you mean allow-origin-missing?'],
    [['https://api.example.com/users'], 'npx corsmith check "https://api.example.com/users" --origin <page>'],
    [['check', 'api.example.com/users', '--origin', 'https://a.com'], 'write https://api.example.com/users'],
    [['check', 'localhost:8080/users', '--origin', 'https://a.com'], 'write http://localhost:8080/users'],
    [['check', 'https://a.com', '--origin', 'localhost:5173'], 'write http://localhost:5173'],
    [['check', 'https://a.com', '--origin', 'app.example.com'], 'write https://app.example.com'],
    [['init', 'express', '--write'], '--write needs a value'],
    [['compile', 'policy.json'], 'no target: corsmith compile nginx policy.json'],
    [['check', 'https://a.com', '--origin', 'https://b.com', '--for', 'expres'], 'did you mean express?'],
    [['check', 'https://a.com', '--origin', 'https://b.com', '--mode', 'no-cor'], 'did you mean no-cors?'],
  ])('%j: %s', async (argv, hint) => {
    const { code, out, err } = await corsmith(argv)
    expect([code, out, err.split('\n').length]).toEqual([64, '', 2])
    expect(err).toContain(hint)
  })

  it.each(['deploy', '--x', 'z', 'c'.repeat(5000)])('gets no suggestion where none is close: %s', async (word) => {
    expect((await corsmith([word])).err).not.toContain('did you mean')
  })
})

describe('the version', () => {
  it.each(['--version', '-V', '-v', 'version'])('is printed for %s', async (word) => {
    expect(await corsmith([word])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })
})

describe('didYouMean()', () => {
  it('takes the closest word; a swap of neighbors is one slip', () => {
    expect(didYouMean('appache', ['caddy', 'apache'])).toBe(' (did you mean apache?)')
    expect(didYouMean('ho', ['go', 'hono'])).toBe(' (did you mean go?)')
    expect(didYouMean('lnit', ['init', 'lint'])).toBe(' (did you mean init?)')
    expect(didYouMean('', ['go'])).toBe('')
    expect(didYouMean('constructor', ['go'])).toBe('')
  })
})
