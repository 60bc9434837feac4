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

  it('knows the names below which each name is a suffix', () => {
    // From the rules "*.futurecms.at" and "*.triton.zone".
    expect(['futurecms.at', 'a.futurecms.at', 'triton.zone', 'a.triton.zone'].filter(isPublicSuffix)).toHaveLength(4)
    expect(isPublicSuffix('a.b.futurecms.at')).toBe(false)
  })

  it('does not throw', () => {
    expect(codes(checkPolicyStrict(null))).toEqual(['policy-not-an-object'])
  })
})

describe('the short lists of the core', () => {
  it('hold no host below which strangers cannot be', () => {
    // Parents of public suffixes and hosts of tunnels and playgrounds that the list of publicsuffix.org does not have.
    const others =
      'amazonaws.com amazonaws.com.cn appdomain.cloud aptible.in azurecontainerapps.io b-cdn.net backblazeb2.com bolt.new bore.pub cfapps.io cloudapp.azure.com codesandbox.io core.windows.net devtunnels.ms dokku.me edgeone.app emergentagent.com fastly.net firebasedatabase.app gigalixirapp.com git.io github.dev gitlab-ide.com gitpod.io glitch.me googleusercontent.com gradio.live hana.ondemand.com herokuspace.com kawasaki.jp kinsta.app kitakyushu.jp kobe.jp koyeb.app lhr.life lhr.rocks loca.lt localhost.run localtunnel.me modal.run mybluemix.net nagoya.jp nhost.run nip.io on.aws pinggy.link platform.sh qovery.io railway.app replitusercontent.com sagemaker.aws sapporo.jp scalingo.io scw.cloud sendai.jp serveo.net serveousercontent.com sevalla.app sslip.io stackblitz.io tunnelto.dev v0.app wasabisys.com webcontainer.io windows.net wordpress.com wpengine.com yokohama.jp zapier.app zrok.io'.split(
        ' ',
      )
    const isOwn = (host: string) => !isListed(host) && !isListed(`a.${host}`) && !others.includes(host)
    const hosts = HOSTING.trim()
      .split('\n')
      .flatMap((line) => {
        const [top, ...names] = line.split(' ')
        return names.map((name) => `${name.replaceAll('*', '')}.${top}`)
      })
    expect(hosts.length).toBeGreaterThan(150)
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
