import { isWordOf, type Words } from './words.ts'

/**
 * Public suffixes: names below which anyone can register one of their own.
 *
 * The full list has ten thousand entries and changes weekly, too much for an edge worker to carry; `corsmith/strict` has it. What
 * stands here stops the mistakes that are made: a bare top-level domain, a second level such as `co.uk`, and the hosts where
 * previews are deployed. The compiler reads both lists too.
 *
 * @see https://publicsuffix.org/
 */

/** Second levels under which country registries sell names. */
export const SECOND_LEVELS =
  'ac co com edu firm gen go gob gouv gov govt gv ind info ltd me mil muni ne net nhs nom or org plc police sch web'

/**
 * Hosts that give names to anybody, and parents of such hosts, by their top-level domain.
 *
 * Each `*` behind a name stands for one label below it that may be a region, a cluster or a service, and so is nobody's own:
 * `run*` is `run.app`, and `a.run.app` and `us-central1.run.app` too.
 */
export const HOSTING = {
  app: 'base44 csb edgecompute edgeone expo firebasedatabase* framer github hosted* kinsta koyeb lovable mocha netlify ngrok ngrok-free northflank* on-fleek ondigitalocean railway* replit* run* sevalla snowflake* streamlit upsun* v0 vercel wasmer web zapier zeabur',
  aws: 'on** sagemaker**',
  build: 'v0',
  cloud: 'appdomain*** convex* laravel scw** vapor',
  cn: 'amazonaws.com***',
  co: 'carrd repl* supabase',
  com: 'amazonaws*** amplifyapp appspot** awsapprunner** backblazeb2** blogspot cloudapp.azure* digitaloceanspaces* elasticbeanstalk* emergentagent* firebaseapp framercanvas gigalixirapp githubusercontent gitlab-ide googleapis googleusercontent hana.ondemand*** herokuapp herokuspace linodeobjects* lovableproject myshopify onrender pythonanywhere replitusercontent serveousercontent streamlitapp trycloudflare vultrobjects* w-credentialless-staticblitz* wasabisys** wixsite wixstudio wordpress wpengine wpenginepowered',
  dev: 'deno fly github** githubpreview ngrok ngrok-free pages r2 replit* tunnelto vercel workers',
  goog: 'translate usercontent',
  host: 'bolt',
  in: 'aptible',
  io: 'azurecontainer* azurecontainerapps* bitbucket bubbleapps cfapps* cleverapps codesandbox* editorx git github gitlab gitpod** ngrok* nip pantheonsite qovery* readthedocs scalingo* sslip stackblitz webcontainer* webflow wixstudio zrok*',
  jp: 'kawasaki kitakyushu kobe nagoya sapporo sendai yokohama',
  life: 'lhr',
  limo: 'eth',
  link: 'dweb* eth pinggy**',
  live: 'gradio',
  lt: 'loca',
  me: 'ddns dokku glitch localtunnel noip',
  media: 'framer',
  ms: 'devtunnels**',
  net: 'akamaized* azure-api azureedge azurefd* azurestaticapps** azurewebsites* b-cdn cloudapp* cloudfront cloudfunctions* core.windows*** ddns deno edgekey* fastly*** localto mybluemix* serveo* trafficmanager ts vusercontent web.core.windows* windows',
  new: 'bolt',
  org: 'duckdns',
  page: 'codeberg statichost',
  pub: 'bore',
  rocks: 'lhr',
  run: 'code* localhost modal nhost* val*',
  sh: 'now platform** surge',
  site: 'convex* figma-gov notion platformsh* square',
  space: 'hf*',
  website: 'framer',
} as const

/** A second level under which names are sold. */
export type SecondLevel = Words<typeof SECOND_LEVELS>

/** A host that gives names to anybody. */
export type HostingSuffix = HostsOf<''>

/** A host that gives them below the label that stands before it, too: `Depth` is how many such labels there are. */
export type HostingZone<Depth extends '*' | '**' | '***'> = HostsOf<Depth>

type HostsOf<Depth extends string> = {
  [Top in keyof typeof HOSTING]: `${NameOf<Words<(typeof HOSTING)[Top]>, Depth>}.${Top}`
}[keyof typeof HOSTING]

type NameOf<Word extends string, Depth extends string> = Word extends `${string}${Depth}`
  ? Word extends `${infer Name}*${string}`
    ? Name
    : Word
  : never

/** Tells whether strangers can register names directly below a host, as far as the short lists know. */
export function isKnownPublicSuffix(host: string): boolean {
  const dot = host.lastIndexOf('.')
  const top = host.slice(dot + 1)
  let name = host.slice(0, Math.max(dot, 0))
  if (dot < 0 || host.startsWith('blogspot.') || (top.length === 2 && isWordOf(SECOND_LEVELS, name))) return true
  if (!Object.hasOwn(HOSTING, top)) return false
  const words = ` ${HOSTING[top as keyof typeof HOSTING]} `
  if (words.includes(` ${name} `)) return true
  // Under a name with stars, as many labels as it has stars may be a region.
  for (let below = 0; below < 4; below++) {
    if (words.includes(` ${name}${'*'.repeat(below || 1)}`)) return true
    name = name.slice(name.indexOf('.') + 1)
  }
  return false
}

/**
 * Where a platform writes what is whose into one label: behind the last of these stands the name of the owner's own site, and no other
 * site's name can hold one.
 *
 * @see https://docs.netlify.com/deploy/deploy-types/deploy-previews/
 * @see https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration
 */
const JOINTS = { netlify: '--', run: '---' } as const

/** Tells whether a pattern of a platform's host holds the name of one site: `deploy-preview-*--mine.netlify.app`. */
export function isOfOneSite(host: string, behind: string): boolean {
  const [name = '', app] = host.split('.').slice(-2)
  const joint = app === 'app' && Object.hasOwn(JOINTS, name) ? JOINTS[name as keyof typeof JOINTS] : null
  const label = behind.slice(0, behind.indexOf('.'))
  return joint !== null && label.includes(joint) && !label.endsWith('-')
}
