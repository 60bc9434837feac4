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

/** Hosts that give names to anybody, and parents of such hosts, by their top-level domain. */
export const HOSTING = {
  app: 'csb edgeone framer hosted lovable netlify ngrok-free ngrok railway replit run up.railway vercel web',
  co: 'repl supabase',
  com: 'amazonaws amplifyapp appspot awsapprunner blogspot cloudapp.azure elasticbeanstalk firebaseapp herokuapp lovableproject myshopify onrender pythonanywhere s3.amazonaws trycloudflare wixsite wordpress',
  dev: 'deno fly github githubpreview ngrok-free ngrok pages r2 replit vercel workers',
  goog: 'translate',
  host: 'bolt',
  io: 'bitbucket codesandbox git github gitlab gitpod ngrok stackblitz webcontainer webflow',
  life: 'lhr',
  lt: 'loca',
  me: 'glitch localtunnel',
  net: 'azureedge azurestaticapps azurewebsites cloudapp cloudfront cloudfunctions core.windows deno vusercontent windows',
  page: 'codeberg',
  run: 'val',
  sh: 'now surge',
  space: 'hf',
  website: 'framer',
} as const

/** A second level under which names are sold. */
export type SecondLevel = Words<typeof SECOND_LEVELS>

/** A host that gives names to anybody. */
export type HostingSuffix = {
  [Top in keyof typeof HOSTING]: `${Words<(typeof HOSTING)[Top]>}.${Top}`
}[keyof typeof HOSTING]

/** Tells whether strangers can register names directly below a host, as far as the short lists know. */
export function isKnownPublicSuffix(host: string): boolean {
  const dot = host.lastIndexOf('.')
  const name = host.slice(0, Math.max(dot, 0))
  const top = host.slice(dot + 1)
  if (dot < 0 || (top.length === 2 && isWordOf(SECOND_LEVELS, name))) return true
  return Object.hasOwn(HOSTING, top) && isWordOf(HOSTING[top as keyof typeof HOSTING], name)
}
