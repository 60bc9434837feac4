import { describe, expect, it } from 'vitest'
import { CHOOSABLE, snippet, TARGETS } from '../../../src/diagnose/fixes/targets.ts'
import { TARGET_NAMES } from '../../../src/targets/table.ts'

const policy = { origins: ['https://app.example.com'], methods: ['PUT'] }
/** Places of causes, for which there is nothing to write. */
const PLACES = {
  azure: 'Azure App Service',
  cloudrun: 'Cloud Run',
  cloudflare: 'Cloudflare',
  codespaces: 'Codespaces or Gitpod',
  waf: 'the firewall',
  tunnel: 'the tunnel',
  gateway: 'the gateway',
  server: 'the server',
  network: 'the network',
  client: 'the page',
}

describe('the targets of a fix', () => {
  it('are those of --for, and the places of causes that have no configuration', () => {
    expect(CHOOSABLE).toEqual(TARGET_NAMES)
    expect(Object.keys(TARGETS)).toEqual([...TARGET_NAMES, ...Object.keys(PLACES)])
    expect(TARGETS).toMatchObject({ ...PLACES, nginx: 'nginx', express: 'Express', s3: 'Amazon S3' })
    for (const name of Object.values(TARGETS)) expect(name).toMatch(/\S/)
  })

  it('have a text to paste, or none', () => {
    for (const name of CHOOSABLE) expect(snippet(name, policy), name).toMatch(/app\\*\.example\\*\.com/)
    for (const place of Object.keys(PLACES)) expect(snippet(place as keyof typeof PLACES, policy)).toBeNull()
  })

  it('refuse a policy with a defect', () => {
    expect(() => snippet('nginx', { origins: ['x'] })).toThrow(/origin/)
  })
})

describe('a bucket that always allows credentials', () => {
  const page = ['http://app.example.com']

  it.each(['s3', 'azure-blob'] as const)('gets the origins all the same, of http too: %s', (bucket) => {
    expect(snippet(bucket, { origins: page })).toContain('http://app.example.com')
    expect(snippet(bucket, { origins: '*' })).toContain('*')
  })

  it('gets no http origin of a policy that asks for credentials', () => {
    expect(() => snippet('s3', { origins: page, credentials: true })).toThrow('http:')
  })

  it('is the only target that gets credentials which the policy lacks', () => {
    expect(snippet('nginx', policy)).not.toContain('cors_credentials')
    expect(snippet('nginx', { ...policy, credentials: true })).toContain('Allow-Credentials $cors_credentials')
  })
})
