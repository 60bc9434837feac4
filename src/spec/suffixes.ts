import { isWordOf, type Words } from './words.ts'

/**
 * Public suffixes: names below which a stranger can register a name.
 *
 * The full list has ten thousand entries and changes weekly. That is too much for an edge worker;
 * `corsmith/strict` has it. The short lists here catch the common mistakes: a bare top-level
 * domain, a second level such as `co.uk`, and hosts for previews. The compile-time check reads both
 * lists too.
 *
 * @see https://publicsuffix.org/
 */

/** Second levels under which country registries sell names, as `co` in `co.uk`. */
export const SECOND_LEVELS =
  'ac co com edu firm gen go gob gouv gov govt gv ind info ltd me mil muni ne net nhs nom or org plc police sch web'

/**
 * Hosts that give names to strangers, and parents of such hosts. Each line begins with a top-level
 * domain, and has the names below it.
 *
 * Each `*` after a name stands for one label below it that may be a region, a cluster or a service,
 * and so belongs to no customer: `run*` stands for `run.app` and for `us-central1.run.app`.
 */
export const HOSTING = `
app base44 csb edgecompute edgeone expo firebasedatabase* framer github hosted* kinsta koyeb lovable mocha netlify ngrok ngrok-free northflank* on-fleek ondigitalocean railway* replit* run* sevalla snowflake* streamlit upsun* v0 vercel wasmer web zapier zeabur
aws on** sagemaker**
build v0
cloud appdomain*** convex* laravel scw** vapor
cn amazonaws.com***
co carrd repl* supabase
com amazonaws*** amplifyapp appspot** awsapprunner** backblazeb2** blogspot cloudapp.azure* digitaloceanspaces* elasticbeanstalk* emergentagent* firebaseapp framercanvas gigalixirapp githubusercontent gitlab-ide googleapis googleusercontent hana.ondemand*** herokuapp herokuspace linodeobjects* lovableproject myshopify onrender pythonanywhere replitusercontent serveousercontent streamlitapp trycloudflare vultrobjects* w-credentialless-staticblitz* wasabisys** wixsite wixstudio wordpress wpengine wpenginepowered
dev deno fly github** githubpreview ngrok ngrok-free pages r2 replit* tunnelto vercel workers
goog translate usercontent
host bolt
in aptible
io azurecontainer* azurecontainerapps* bitbucket bubbleapps cfapps* cleverapps codesandbox* editorx git github gitlab gitpod** ngrok* nip pantheonsite qovery* readthedocs scalingo* sslip stackblitz webcontainer* webflow wixstudio zrok*
jp kawasaki kitakyushu kobe nagoya sapporo sendai yokohama
life lhr
limo eth
link dweb* eth pinggy**
live gradio
lt loca
me ddns dokku glitch localtunnel noip
media framer
ms devtunnels**
net akamaized* azure-api azureedge azurefd* azurestaticapps** azurewebsites* b-cdn cloudapp* cloudfront cloudfunctions* core.windows*** ddns deno edgekey* fastly*** localto mybluemix* serveo* trafficmanager ts vusercontent web.core.windows* windows
new bolt
org duckdns
page codeberg statichost
pub bore
rocks lhr
run code* localhost modal nhost* val*
sh now platform** surge
site convex* figma-gov notion platformsh* square
space hf*
website framer
`

/** A second level under which registries sell names. */
export type SecondLevel = Words<typeof SECOND_LEVELS>

/** A host that gives names to strangers. */
export type HostingSuffix = HostsOf<''>

/**
 * A host with regions: it gives names below another label too. `Depth` has one `*` for each such
 * label.
 */
export type HostingZone<Depth extends '*' | '**' | '***'> = HostsOf<Depth>

type HostsOf<Depth extends string> = HostsIn<Words<typeof HOSTING, '\n'>, Depth>

type HostsIn<Line extends string, Depth extends string> = Line extends `${infer Top} ${infer Names}`
  ? `${NameOf<Words<Names>, Depth>}.${Top}`
  : never

type NameOf<Word extends string, Depth extends string> = Word extends `${string}${Depth}`
  ? Word extends `${infer Name}*${string}`
    ? Name
    : Word
  : never

/** Tells whether strangers can register names directly below a host, by the short lists. */
export function isKnownPublicSuffix(host: string): boolean {
  const dot = host.lastIndexOf('.')
  const top = host.slice(dot + 1)
  let name = host.slice(0, dot)
  if (dot < 0 || host.startsWith('blogspot.') || (top.length === 2 && isWordOf(SECOND_LEVELS, name))) return true
  const start = HOSTING.indexOf(`\n${top} `)
  // An unknown top-level domain has an empty line.
  const line = `${HOSTING.slice(start, HOSTING.indexOf('\n', start + 1))} `
  if (line.includes(` ${name} `)) return true
  // Below a name with stars, one label for each star may be a region.
  for (const stars of ['*', '*', '**', '***']) {
    if (line.includes(` ${name}${stars}`)) return true
    name = name.slice(name.indexOf('.') + 1)
  }
  return false
}

/**
 * Tells whether a pattern covers the previews of one site only:
 * `deploy-preview-*--mine.netlify.app`.
 *
 * Two platforms put a separator into one label, as in `deploy-preview-7--mine.netlify.app`. After
 * the last one comes the name of the owner's site, and no other site's name can contain the
 * separator.
 *
 * @see https://docs.netlify.com/deploy/deploy-types/deploy-previews/
 * @see https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration
 *
 * @param behind the part of the pattern after its `*`
 */
export function isOfOneSite(host: string, behind: string): boolean {
  const ends = (platform: string): boolean => `.${host}`.endsWith(platform)
  const separator = ends('.netlify.app') ? '--' : ends('.run.app') ? '---' : null
  const label = behind.slice(0, behind.indexOf('.'))
  return separator !== null && label.includes(separator) && !label.endsWith('-')
}
