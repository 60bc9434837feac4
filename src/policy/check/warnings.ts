import { isSafelistedMethod } from '../../spec/methods.ts'
import { isSafelistedResponseHeaderName } from '../../spec/names.ts'
import { isWordOf } from '../../spec/words.ts'
import type { WarningCode } from '../catalogue.ts'
import { entryCover, nameCover } from '../covers.ts'
import { type Violation, warning } from '../issue.ts'
import type { PolicyIssue } from '../types.ts'
import { isLoopbackEntry, type OriginEntry, readEntry } from './origin-entry.ts'

/**
 * Methods that browsers send as the page writes them. Nearly every page writes them in upper case.
 */
const USUALLY_UPPER = 'PATCH QUERY SEARCH PROPFIND PROPPATCH REPORT MKCOL COPY MOVE LOCK UNLOCK PURGE'

/** Finds superfluous entries in a list of names. `isSound` tells which entries have no defect. */
export function nameWarnings(
  option: string,
  list: readonly unknown[],
  isSound: (index: number) => boolean,
): PolicyIssue[] {
  const isMethods = option === 'methods'
  const all = new Set(list.filter((name) => typeof name === 'string'))
  const covers = isMethods ? () => false : nameCover(all)
  const seen = new Set<string>()
  return list.flatMap((name, index) => {
    if (typeof name !== 'string') return []
    const identity = isMethods ? name : name.toLowerCase()
    const found = isSound(index) ? nameWarning(option, name, all) : null
    const violations: Violation<WarningCode>[] = found === null ? [] : [found]
    if (seen.has(identity)) violations.push(['name-duplicate', null])
    if (covers(name)) violations.push(['name-covered', null])
    seen.add(identity)
    return violations.map((violation) => warning([option, index], name, ...violation))
  })
}

function nameWarning(option: string, name: string, all: ReadonlySet<string>): Violation<WarningCode> | null {
  if (option === 'exposedHeaders')
    return isSafelistedResponseHeaderName(name) ? ['exposed-header-safelisted', null] : null
  if (option !== 'methods') return null
  const upper = name.toUpperCase()
  if (upper !== name && isWordOf(USUALLY_UPPER, upper) && !all.has(upper))
    return ['method-lower-case', upper, { review: true }]
  // HEAD is useful in the list: Firefox caches a preflight for HEAD only if HEAD is listed.
  return isSafelistedMethod(name) && name !== 'HEAD' ? ['method-safelisted', null] : null
}

/**
 * Finds superfluous or doubtful entries of `origins`. `isSound` tells which entries have no defect.
 * With `allowsPublicSuffixes`, the owner allowed patterns below a shared host, so there is no warning.
 */
export function originWarnings(
  list: readonly unknown[],
  isSound: (index: number) => boolean,
  credentials: boolean,
  allowsPublicSuffixes: boolean,
): PolicyIssue[] {
  const entries = list.map((value) => (typeof value === 'string' ? readEntry(value).entry : undefined))
  // An entry with a defect has to go, so it covers nothing.
  const isCovered = entryCover(entries.filter((entry, index) => entry !== undefined && isSound(index)) as OriginEntry[])
  const seen = new Set<string>()
  return entries.flatMap((entry, index) => {
    if (entry === undefined) return []
    const { text } = entry
    const path = ['origins', index]
    const found: PolicyIssue[] = []
    if (credentials && isLoopbackEntry(entry)) found.push(warning(path, text, 'origin-loopback'))
    if (entry.kind === 'pattern' && isSound(index) && !allowsPublicSuffixes && hasCustomersBelow(entry.host))
      found.push(warning(path, text, 'origin-shared-host'))
    if (seen.has(text)) found.push(warning(path, text, 'origin-duplicate', null))
    if (isCovered(entry)) found.push(warning(path, text, 'origin-covered', null))
    seen.add(text)
    return found
  })
}

/**
 * Hosts of platforms whose customers have names below them. Whether an attacker can become a
 * customer, or run scripts there, differs by platform. Only the owner knows whether a pattern below
 * one is meant, so this is a warning, and `createCors` does not load the table.
 */
const HOSTS = {
  app: 'backendless claude clerk deta e2b encr flutterflow gadget hasura noloco puter softr stacker webcontainer windsurf zerops',
  cloud: 'elastic n8n sap wiremockapi youtrack',
  co: 'airtable hibob',
  com: 'acquia-sites aivencloud aliyuncs auth0 awsapps base44-sandbox bitrix24 bubble cfargotunnel claudeusercontent clever-cloud clickfunnels cloudflareaccess cloudwaysapps codeanywhere cursorusercontent databricksapps devinapps dynamics editorx fastly flywheelsites force freshdesk freshworks ghost godaddysites heroku hs-sites hubspot hubspotpagebuilder jimdosite jotform kajabi lightning.force mendixcloud my.salesforce mybigcommerce myqcloud mystrikingly netlify ning okta onelogin onmicrosoft oraclecloud outsystemscloud powerappsportals quickbase render retool salesforce same-app service-now sharepoint shopify site slack snowflakecomputing squarespace strikingly substack surveymonkey tableau teachable thinkific tumblr typeform unbouncepages upsunapp vultr webex weebly workday wpcomstaging your-objectstorage zendesk zoho',
  dev: 'arweave gitpod hashnode is-a leapcell stormkit',
  help: 'intercom',
  in: 'supabase',
  io: 'appwrite atlassian beeceptor bubble exo expo fly ghost gitbook glitch hasura-app icp0 ipfs jfrog koyeb mockapi netlify statuspage supabase turso upstash xano',
  me: 'zoom',
  net: 'akamaihd alwaysdata atlassian azure-mobile azuredatabricks edgesuite grafana massivegrid mongodb pipedream runpod squarespace zendesk',
  org: 'altervista dyndns no-ip toolforge',
  page: 'glide kinsta sevalla web webnode',
  run: 'appwrite canva liara',
  sh: 'expo',
  site: 'figma my.canva tiiny webflow',
  space: 'manus',
  tech: 'neon',
  us: 'azurestaticapps azurewebsites zoom',
} as const

/** Tells whether names below a host belong to a platform's customers, according to a short list. */
function hasCustomersBelow(host: string): boolean {
  const dot = host.lastIndexOf('.')
  const top = host.slice(dot + 1)
  if (!Object.hasOwn(HOSTS, top)) return false
  const words = HOSTS[top as keyof typeof HOSTS]
  const labels = host.slice(0, dot).split('.')
  // A region or a product before the platform's name is shared by customers. Any other label is a
  // customer's own.
  while (!isWordOf(words, labels.join('.')) && REGION_OR_PRODUCT.test(labels[0] ?? '')) labels.shift()
  return isWordOf(words, labels.join('.'))
}

/** A label for a region or a product: `eu`, `us-east-1`, `westeurope`, `nyc3`, `fr-par`, `s3`. */
const REGION_OR_PRODUCT =
  /^(?:[a-z]{2}|[a-z]{1,6}\d{1,2}|[a-z]{2}-[a-z]{3}|(?:aws-)?[a-z]{2,6}-[a-z]+-?\d|(?:east|west|north|south|central)[a-z]*\d?|api|apps?|blob|s3-website|storage|web|www)$/
