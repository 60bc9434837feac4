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
export const SECOND_LEVELS = [
  'ac',
  'co',
  'com',
  'edu',
  'firm',
  'gen',
  'go',
  'gob',
  'gouv',
  'gov',
  'govt',
  'gv',
  'ind',
  'info',
  'ltd',
  'me',
  'mil',
  'muni',
  'ne',
  'net',
  'nhs',
  'nom',
  'or',
  'org',
  'plc',
  'police',
  'sch',
  'web',
] as const

/** Hosts that give names to anybody, and parents of such hosts. */
export const HOSTING_SUFFIXES = [
  'amazonaws.com',
  'amplifyapp.com',
  'appspot.com',
  'awsapprunner.com',
  'azureedge.net',
  'azurestaticapps.net',
  'azurewebsites.net',
  'bitbucket.io',
  'blogspot.com',
  'bolt.host',
  'cloudapp.azure.com',
  'cloudapp.net',
  'cloudfront.net',
  'cloudfunctions.net',
  'codeberg.page',
  'codesandbox.io',
  'core.windows.net',
  'csb.app',
  'deno.dev',
  'deno.net',
  'edgeone.app',
  'elasticbeanstalk.com',
  'firebaseapp.com',
  'fly.dev',
  'framer.app',
  'framer.website',
  'git.io',
  'github.dev',
  'github.io',
  'githubpreview.dev',
  'gitlab.io',
  'gitpod.io',
  'glitch.me',
  'herokuapp.com',
  'hf.space',
  'hosted.app',
  'lhr.life',
  'loca.lt',
  'localtunnel.me',
  'lovable.app',
  'lovableproject.com',
  'myshopify.com',
  'netlify.app',
  'ngrok-free.app',
  'ngrok-free.dev',
  'ngrok.app',
  'ngrok.dev',
  'ngrok.io',
  'now.sh',
  'onrender.com',
  'pages.dev',
  'pythonanywhere.com',
  'r2.dev',
  'railway.app',
  'repl.co',
  'replit.app',
  'replit.dev',
  'run.app',
  's3.amazonaws.com',
  'stackblitz.io',
  'supabase.co',
  'surge.sh',
  'translate.goog',
  'trycloudflare.com',
  'up.railway.app',
  'val.run',
  'vercel.app',
  'vercel.dev',
  'vusercontent.net',
  'web.app',
  'webcontainer.io',
  'webflow.io',
  'windows.net',
  'wixsite.com',
  'wordpress.com',
  'workers.dev',
] as const

const SECOND_LEVEL_SET: ReadonlySet<string> = new Set(SECOND_LEVELS)
const HOSTING_SET: ReadonlySet<string> = new Set(HOSTING_SUFFIXES)

/** Tells whether strangers can register names directly below a host, as far as the short lists know. */
export function isKnownPublicSuffix(host: string): boolean {
  const dot = host.indexOf('.')
  if (dot < 0) return true
  const rest = host.slice(dot + 1)
  if (rest.length === 2 && SECOND_LEVEL_SET.has(host.slice(0, dot))) return true
  return HOSTING_SET.has(host)
}
