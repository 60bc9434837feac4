import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getPublicSuffix } from 'tldts'
import { describe, expect, it } from 'vitest'
import { CorsPolicyError, checkPolicy } from '../../src/index.ts'
import { HOSTING, SECOND_LEVELS } from '../../src/spec/suffixes.ts'
import { checkPolicyStrict, createStrictCors, isPublicSuffix } from '../../src/strict.ts'

function codes(issues: ReturnType<typeof checkPolicyStrict>): string[] {
  return issues.map(({ code }) => code)
}

describe('corsmith/strict', () => {
  it.each([
    'https://*.kobe.jp',
    'https://*.s3.eu-west-1.amazonaws.com',
    'https://*.compute.amazonaws.com',
    'https://*.k12.ca.us',
    'https://*.priv.no',
    'https://*.nom.br',
  ])('refuses %s, which the short list of the core does not know', (origin) => {
    expect(codes(checkPolicyStrict({ origins: [origin] }))).toEqual(['origin-public-suffix'])
    expect(() => createStrictCors({ origins: [origin] })).toThrow(CorsPolicyError)
  })

  it.each(['https://*.example.com', 'https://*.example.co.uk', 'https://*.me.github.io', 'https://*.city.kobe.jp'])(
    'takes %s',
    (origin) => {
      expect(checkPolicyStrict({ origins: [origin] })).toEqual([])
      expect(createStrictCors({ origins: [origin] }).policy.origins).toEqual([origin])
    },
  )

  it('takes what a policy says that it means', () => {
    expect(checkPolicyStrict({ origins: ['https://*.kobe.jp'], dangerouslyAllowPublicSuffixes: true })).toEqual([])
  })

  it('finds all that the core finds', () => {
    const policy = { origins: ['https://*.com', 'https://*.vercel.app', 'https://a.com/'], credentials: 'true', x: 1 }
    expect(checkPolicyStrict(policy)).toEqual(checkPolicy(policy))
  })

  it('does not throw', () => {
    expect(codes(checkPolicyStrict(null))).toEqual(['policy-not-an-object'])
  })
})

describe('the short lists of the core', () => {
  it('hold no host below which strangers cannot be', () => {
    // Parents of public suffixes and hosts of tunnels and playgrounds that the list of publicsuffix.org does not have.
    const others = [
      'amazonaws.com',
      'cloudapp.azure.com',
      'codesandbox.io',
      'edgeone.app',
      'git.io',
      'github.dev',
      'gitpod.io',
      'glitch.me',
      'lhr.life',
      'loca.lt',
      'localtunnel.me',
      'railway.app',
      'stackblitz.io',
      'webcontainer.io',
      'windows.net',
      'core.windows.net',
      'wordpress.com',
    ]
    const isOwn = (host: string) => !isListed(host) && !others.includes(host)
    const hosts = Object.entries(HOSTING).flatMap(([top, names]) => names.split(' ').map((name) => `${name}.${top}`))
    expect(hosts.filter(isOwn)).toEqual([])
  })

  it('hold second levels that are public suffixes somewhere', () => {
    const countries = [
      'uk',
      'jp',
      'au',
      'br',
      'in',
      'nz',
      'za',
      'fr',
      'es',
      'mx',
      'pl',
      'kr',
      'cn',
      'tr',
      'il',
      'co',
      'ng',
      'id',
      'th',
      'ar',
      'my',
    ]
    expect(
      SECOND_LEVELS.split(' ').filter((label) => !countries.some((country) => isPublicSuffix(`${label}.${country}`))),
    ).toEqual([])
  })
})

/** Tells whether a host, or every name below it, is a public suffix of the whole list. */
function isListed(host: string): boolean {
  return [host, `a.${host}`].some((name) => getPublicSuffix(name, { allowPrivateDomains: true }) === name)
}

describe('tldts', () => {
  it('is imported by src/strict.ts and nothing else', () => {
    const root = join(import.meta.dirname, '..', '..')
    const importers = ['src', 'adapters'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter(
          (file) =>
            file.endsWith('.ts') &&
            /from 'tldts'|import\('tldts'\)/.test(readFileSync(join(root, folder, file), 'utf8')),
        )
        .map((file) => `${folder}/${file}`),
    )
    expect(importers).toEqual(['src/strict.ts'])
  })

  it('is reached from no surface but corsmith/strict', () => {
    const root = join(import.meta.dirname, '..', '..', 'src')
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && file !== 'strict.ts',
    )
    expect(
      sources.filter((file) => /from '\.{1,2}\/(?:.*\/)?strict\.ts'/.test(readFileSync(join(root, file), 'utf8'))),
    ).toEqual([])
  })
})
