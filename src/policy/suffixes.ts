/**
 * Public suffixes: names below which anyone can register one of their own.
 *
 * The full list has ten thousand entries and changes weekly, too much for an edge worker to carry. What stands here stops the
 * mistakes that are made: a bare top-level domain, a second level such as `co.uk`, and the hosts where previews are deployed.
 *
 * @see https://publicsuffix.org/
 */

const SECOND_LEVELS: ReadonlySet<string> = new Set(
  'ac co com edu firm gen go gob gouv gov govt gv ind info ltd me mil muni ne net nhs nom or org plc police sch web'.split(
    ' ',
  ),
)

const HOSTING: ReadonlySet<string> = new Set(
  (
    'amazonaws.com amplifyapp.com appspot.com awsapprunner.com azureedge.net azurestaticapps.net azurewebsites.net ' +
    'bitbucket.io blogspot.com bolt.host cloudapp.net cloudfront.net codeberg.page codesandbox.io csb.app deno.dev deno.net ' +
    'elasticbeanstalk.com firebaseapp.com fly.dev framer.app framer.website git.io github.dev github.io gitlab.io gitpod.io ' +
    'glitch.me herokuapp.com hf.space lhr.life loca.lt localtunnel.me lovable.app myshopify.com netlify.app ngrok-free.app ' +
    'ngrok-free.dev ngrok.app ngrok.dev ngrok.io now.sh onrender.com pages.dev r2.dev railway.app repl.co replit.app ' +
    'replit.dev run.app s3.amazonaws.com stackblitz.io supabase.co surge.sh trycloudflare.com up.railway.app vercel.app ' +
    'vercel.dev web.app webcontainer.io webflow.io windows.net workers.dev'
  ).split(' '),
)

/** Tells whether strangers can register names directly below a host, as far as the short list knows. */
export function isKnownPublicSuffix(host: string): boolean {
  const dot = host.indexOf('.')
  if (dot < 0) return true
  const rest = host.slice(dot + 1)
  if (rest.length === 2 && SECOND_LEVELS.has(host.slice(0, dot))) return true
  return HOSTING.has(host)
}
