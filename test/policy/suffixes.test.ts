import { describe, expect, it } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'
import { isKnownPublicSuffix, isOfOneSite } from '../../src/spec/suffixes.ts'
import { checkPolicyStrict } from '../../src/strict.ts'

function issuesOf(host: string): string[] {
  return checkPolicy({ origins: [`https://*.${host}`], credentials: true }).map(({ code }) => code)
}

/** Hosts that give names to whoever asks: as they are, and with the labels that their platforms put between. */
const HOSTS = `
  vercel.app netlify.app pages.dev workers.dev fly.dev onrender.com gitlab-ide.com up.railway.app railway.app web.app firebaseapp.com hosted.app us-central1.hosted.app
  run.app a.run.app us-central1.run.app europe-west4.run.app cloudfunctions.net us-central1-project.cloudfunctions.net appspot.com r.appspot.com uc.r.appspot.com
  app.github.dev preview.app.github.dev github.io githubusercontent.com gitpod.io ws-eu.gitpod.io ws-us118.gitpod.io webcontainer.io w-credentialless.webcontainer.io
  azurestaticapps.net 1.azurestaticapps.net 7.azurestaticapps.net centralus.azurestaticapps.net westeurope.5.azurestaticapps.net azurewebsites.net westeurope-01.azurewebsites.net
  azurecontainer.io eastus.azurecontainer.io azurecontainerapps.io eastus.azurecontainerapps.io core.windows.net web.core.windows.net z13.web.core.windows.net blob.core.windows.net
  cloudapp.net cloudapp.azure.com westus.cloudapp.azure.com azure-api.net azurefd.net z01.azurefd.net trafficmanager.net
  amazonaws.com s3.amazonaws.com s3.us-east-1.amazonaws.com s3-website-us-east-1.amazonaws.com s3-website.eu-central-1.amazonaws.com execute-api.us-east-1.amazonaws.com
  elb.amazonaws.com us-east-1.elb.amazonaws.com s3.dualstack.us-east-1.amazonaws.com compute-1.amazonaws.com eu-west-1.compute.amazonaws.com s3.cn-north-1.amazonaws.com.cn
  on.aws lambda-url.us-east-1.on.aws studio.us-east-1.sagemaker.aws us-east-1.elasticbeanstalk.com eu-north-1.awsapprunner.com
  ondigitalocean.app digitaloceanspaces.com nyc3.digitaloceanspaces.com linodeobjects.com us-east-1.linodeobjects.com ewr1.vultrobjects.com s3.us-west-004.backblazeb2.com
  s3.fr-par.scw.cloud us-south.codeengine.appdomain.cloud cfapps.eu10.hana.ondemand.com
  replit.dev id.replit.dev kirk.replit.dev riker.replit.dev repl.co id.repl.co codesandbox.io csb.app stackblitz.io
  ngrok.io eu.ngrok.io ngrok.app ngrok-free.app ngrok-free.dev loca.lt lhr.life lhr.rocks serveo.net trycloudflare.com devtunnels.ms euw.devtunnels.ms usw2.devtunnels.ms
  pinggy.link a.pinggy.link a.free.pinggy.link bore.pub zrok.io share.zrok.io localhost.run tunnelto.dev nip.io sslip.io duckdns.org ddns.net
  nhost.run eu-central-1.nhost.run convex.cloud eu-west-1.convex.cloud firebasedatabase.app europe-west1.firebasedatabase.app eu-5.platformsh.site
  lovable.app bolt.new bolt.host v0.app base44.app preview.emergentagent.com blogspot.com blogspot.co.uk kobe.jp co.uk com.au`
  .trim()
  .split(/\s+/)

describe('a pattern below a host of a platform', () => {
  it.each(HOSTS)('is refused: %s', (host) => {
    expect(issuesOf(host)).toEqual(['origin-public-suffix'])
    expect(() => createCors({ origins: [`https://*.${host}`] })).toThrow('anyone can register')
    expect(() => createCors({ origins: [`https://pr-*.${host}`] })).toThrow('anyone can register')
  })

  it.each(
    'zendesk.com retool.com my.salesforce.com force.com lightning.force.com my.site.com sharepoint.com squarespace.com tumblr.com heroku.com netlify.com shopify.com render.com clever-cloud.com cloudflareaccess.com atlassian.net auth0.com eu.auth0.com us-east-1.quickbase.com fsn1.your-objectstorage.com s3.us-east-1.oraclecloud.com aws-us-east-1.turso.io fr-par.web.gitbook.io'.split(
      ' ',
    ),
  )('is worth a second look: %s', (host) => {
    expect(issuesOf(host)).toEqual(['origin-shared-host'])
    expect(createCors({ origins: [`https://*.${host}`] }).policy.origins).toHaveLength(1)
    expect(
      checkPolicy({ origins: [`https://*.${host}`], dangerouslyAllowPublicSuffixes: true }),
      'the owner says that everybody is meant',
    ).toEqual([])
  })

  it.each(
    'my-project.pages.dev my-account.workers.dev d123.amplifyapp.com mine.github.io group.gitlab.io my-app.s3x.com app.example.com us-east-1.example.com run.example.com amazonaws.example.com myamazonaws.com azurestaticapps.example.net run.app.example.com purple-1a2b.eastus.azurecontainerapps.io org.deno.net zendesk.example.com my.example.com eu.example.com my-zendesk.com run.ap'.split(
      ' ',
    ),
  )('holds: %s', (host) => {
    expect(issuesOf(host)).toEqual([])
    expect(checkPolicyStrict({ origins: [`https://*.${host}`], credentials: true })).toEqual([])
  })

  it('says nothing twice of an entry that is refused, nor of a single origin', () => {
    expect(issuesOf('zendesk.com/')).not.toContain('origin-shared-host')
    expect(checkPolicy({ origins: ['https://mine.zendesk.com', 'https://mine.vercel.app'] })).toEqual([])
  })
})

describe('a pattern of one site on a platform', () => {
  it.each([
    'https://deploy-preview-*--mine.netlify.app',
    'https://*--mine.netlify.app',
    'https://pr-*-x--mine-2.netlify.app',
    'https://*---api-5x2kd7qhza-uc.a.run.app',
    'https://pr-*---api-1234567890.us-central1.run.app',
  ])('holds: %s', (origin) => {
    expect(checkPolicy({ origins: [origin], credentials: true })).toEqual([])
    expect(checkPolicyStrict({ origins: [origin], credentials: true })).toEqual([])
    const cors = createCors({ origins: [origin], credentials: true })
    const decide = (filling: string) =>
      cors.decide({ method: 'GET', headers: new Headers({ Origin: origin.replace('*', filling) }) }).shared
    expect(decide('42')).toBe(true)
    expect(decide('evil.netlify.app/')).toBe(false)
    expect(decide('a.evil')).toBe(false)
  })

  it.each([
    'https://app-*-team.vercel.app',
    'https://*-mine.netlify.app',
    'https://deploy-preview-*.netlify.app',
    'https://mine--*.netlify.app',
    'https://*.netlify.app',
    'https://*--mine.vercel.app',
    'https://*--mine.onrender.com',
    'https://*--api-5x2kd7qhza-uc.a.run.app',
    'https://*-api.us-central1.run.app',
  ])('is refused where a stranger can have a name that it matches: %s', (origin) => {
    expect(checkPolicy({ origins: [origin] }).map(({ code }) => code)).toEqual(['origin-public-suffix'])
  })
})

describe('isKnownPublicSuffix()', () => {
  it('knows every single label, and second levels of two letters alone', () => {
    expect(['com', 'app', 'uk', 'localhost', 'co.uk', 'com.au'].filter((host) => !isKnownPublicSuffix(host))).toEqual(
      [],
    )
    const own = 'com.example co.internal undefined.example a.constructor toString.app example.app x.co.uk a.com'
    expect(own.split(' ').filter(isKnownPublicSuffix)).toEqual([])
  })

  it('counts the labels that may be a region', () => {
    const hosts = 'run.app a.run.app on.aws b.on.aws a.b.on.aws amazonaws.com c.amazonaws.com a.b.c.amazonaws.com'
    expect(hosts.split(' ').filter((host) => !isKnownPublicSuffix(host))).toEqual([])
    const own = 'b.a.run.app x.a.b.on.aws x.a.b.c.amazonaws.com me.vercel.app xrun.app'
    expect(own.split(' ').filter(isKnownPublicSuffix)).toEqual([])
  })
})

describe('isOfOneSite()', () => {
  it('knows the joints of two platforms, and where they have to stand', () => {
    expect(isOfOneSite('netlify.app', '--mine.netlify.app')).toBe(true)
    expect(isOfOneSite('us-central1.run.app', '---mine-1.us-central1.run.app')).toBe(true)
    expect(isOfOneSite('netlify.com', '--mine.netlify.com')).toBe(false)
    expect(isOfOneSite('other.app', '--mine.other.app')).toBe(false)
    expect(isOfOneSite('vercel.app', '--null.vercel.app')).toBe(false)
    expect(isOfOneSite('vercel.app', '---mine.vercel.app')).toBe(false)
    expect(isOfOneSite('x--y.netlify.app', '-mine.x--y.netlify.app')).toBe(false)
    expect(isOfOneSite('netlify.app', '--.netlify.app')).toBe(false)
    expect(isOfOneSite('a.run.app', '--mine.a.run.app')).toBe(false)
  })
})
