import { barriersOf } from '../diagnose/address-space.ts'
import { clip } from '../diagnose/page-request.ts'
import { printable } from '../diagnose/report/printable.ts'
import { proofLine, requestProofLine } from '../diagnose/report/proof-line.ts'
import { shown } from '../diagnose/report/shown.ts'
import type { Diagnosis, Finding } from '../diagnose.ts'
import { BROWSER_NAMES, consoleLine, NOT_VISIBLE, preflightReasons, TARGETS, toCurl, verdictName } from '../diagnose.ts'
import type { Paint } from './paint.ts'
import { preflightStep, requestSteps } from './steps.ts'

/** How much to print. */
interface TextOptions {
  readonly paint: Paint
  /** Whether every request is listed. */
  readonly verbose: boolean
  readonly insecure: boolean
}

const ENGINES = { chromium: 'Chrome', firefox: 'Firefox', webkit: 'Safari' } as const
const CONCLUSIONS = {
  blocked: ['red', 'BLOCKED'],
  allowed: ['green', 'ALLOWED'],
  'allowed-unverified': ['green', 'ALLOWED so far'],
  error: ['red', 'NOT TESTED'],
} as const
const MARKS = { error: ['red', '✗'], security: ['red', '‼'], warning: ['yellow', '!'], info: ['dim', '·'] } as const

/**
 * Writes a diagnosis for a terminal: the request, each step, what browsers conclude, the causes and
 * the change.
 */
export function diagnosisText(whole: Diagnosis, options: TextOptions): string {
  const diagnosis = shown(whole)
  const { paint } = options
  const { call, findings } = diagnosis
  if (diagnosis.conclusion === 'error' && !options.verbose) return untestedLine(diagnosis, paint)
  const reasons = preflightReasons(diagnosis)
  const title = `${paint('bold', `${call.method} ${said(call.url.href)}`)}   from ${said(call.origin)}   credentials: ${call.credentials}`
  const needed = reasons.length > 0 ? `needs a preflight: ${said(reasons.join('; '), 400)}` : 'needs no preflight'
  const steps = [
    `1 Request             ${needed}`,
    ...preflightStep(diagnosis, paint),
    ...requestSteps(diagnosis, paint),
  ]
  return [
    title,
    '',
    ...steps,
    '',
    ...verdictLines(diagnosis, paint),
    '',
    ...findings.slice(0, 1).flatMap((finding) => findingLines(finding, paint)),
    ...(findings.length > 1 ? [paint('dim', 'Also seen')] : []),
    ...findings.slice(1).flatMap((finding) => findingLines(finding, paint)),
    ...fixLines(diagnosis, paint),
    ...securityLines(diagnosis),
    ...closing(diagnosis, options),
  ].join('\n')
}

/** Makes text of others safe for a terminal, and short. */
function said(text: string, length = 200): string {
  return printable(clip(text, length))
}

/**
 * If nothing could be tested, one line says so. More lines would be about a response that does not
 * exist.
 */
function untestedLine({ call, findings }: Diagnosis, paint: Paint): string {
  const first = findings[0]
  const why = first === undefined ? 'no answer' : `${first.message}. ${first.fix?.advice ?? ''}`
  const asked = `${call.method} ${clip(call.url.href, 200)} from ${call.origin}`
  return `${paint('red', paint('bold', 'NOT TESTED'))}   ${said(`${asked}: ${why}`, 600)}  ${paint('dim', first?.code ?? '')}`
}

function verdictLines(diagnosis: Diagnosis, paint: Paint): readonly string[] {
  const [style, word] = CONCLUSIONS[diagnosis.conclusion]
  const barriers = barriersOf(diagnosis.call, diagnosis.verdicts)
  const names = BROWSER_NAMES.map((browser) => {
    const name = verdictName(diagnosis, browser)
    const isAsked = name === 'shared' && barriers[browser] === 'permission'
    return `${ENGINES[browser]}: ${said(name)}${isAsked ? ' if the user permits it' : ''}`
  })
  const lines = [...new Set(BROWSER_NAMES.map((browser) => consoleLine(diagnosis, browser)))].filter(
    (line) => line !== null,
  )
  const next = diagnosis.next.map(({ code, value }) => (value === '' ? code : `${code} (${said(value)})`))
  return [
    `${paint(style, paint('bold', word))}   ${names.join('   ')}`,
    ...(next.length > 0 ? [`          then: ${next.join(', ')}`] : []),
    ...lines.map((line) => paint('dim', `  console  ${said(line, 600)}`)),
  ]
}

function findingLines({ severity, message, code, link }: Finding, paint: Paint): readonly string[] {
  const [style, mark] = MARKS[severity]
  return [
    `${paint(style, mark)} ${printable(message)}  ${paint('dim', code)}`,
    ...(severity === 'info' ? [] : [paint('dim', `  ${link}`)]),
  ]
}

/** Writes the fix of the first finding in full. Further findings get one line each. */
function fixLines({ findings, call, recognized }: Diagnosis, paint: Paint): readonly string[] {
  const first = findings.find(({ severity, fix }) => fix !== null && severity !== 'info')
  if (first?.fix == null) return ['']
  const { advice, snippet, note, asks, proof, alternative, target, request, requestProof, where } = first.fix
  const rest = findings.filter(
    (each) => each !== first && each.fix !== null && each.severity !== 'info' && each.fix.advice !== advice,
  )
  return [
    '',
    `${paint('bold', `Fix (${TARGETS[target]}):`)} ${printable(advice)}`,
    ...(recognized?.target === target ? [paint('dim', `  recognized by ${recognized.signs.join(', ')}`)] : []),
    ...(target === 'server' && snippet !== null
      ? [paint('dim', '  --for nginx, --for express … writes it for your server')]
      : []),
    ...asks.map((ask) => `${paint('yellow', 'Decide first:')} ${said(ask, 600)}`),
    ...(snippet === null ? [] : ['', ...snippet.split('\n').map((line) => paint('green', `    ${printable(line)}`))]),
    ...(note === null ? [] : ['', `  ${said(note, 1200)}`]),
    ...(alternative === null
      ? []
      : ['', `  Or, for all similar names: ${said(`requestHeaders ${listed(alternative.requestHeaders)}`, 600)}`]),
    ...(proof === null || snippet === null ? [] : ['', `  ${said(proofLine(proof), 600)}`]),
    ...(request === null || where !== 'client' || request.url === ''
      ? []
      : [
          '',
          `    fetch(${said(jsString(request.url))}, …)${isElsewhere(request.url, call) ? ' // the target of the redirect: check that it is yours' : ''}`,
        ]),
    ...(requestProof === null ? [] : ['', `  ${said(requestProofLine(requestProof), 600)}`]),
    ...rest.map((each) => `${paint('bold', 'Also:')} ${printable(each.fix?.advice ?? '')}  ${paint('dim', each.code)}`),
    '',
  ]
}

function listed(names: '*' | readonly string[] | undefined): string {
  return typeof names === 'string' ? names : (names ?? []).join(', ')
}

/** Writes a string of JavaScript. The address of a server may hold a quotation mark. */
function jsString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

function isElsewhere(url: string, { url: own }: Diagnosis['call']): boolean {
  return URL.parse(url)?.host !== URL.parse(own.href)?.host
}

function securityLines({ security }: Diagnosis): readonly string[] {
  if (security === null) return []
  if (security.reflectsAnyone) return ['Security: every origin is let in; no further origin was tried.', '']
  const own = security.ownIsAccepted ? '' : ' The page itself is not let in, so this result means little.'
  if (security.accepted.length === 0) return [`Security: ${security.tried} strangers tried, none let in.${own}`, '']
  return [
    `Security: ${security.tried} strangers tried; let in:`,
    ...security.accepted.map(
      (each) =>
        `  ${said(each.origin)}${each.credentials ? ' with credentials' : ''}${each.isEmittable ? '' : ' (no browser sends this)'}  ${each.flaw}`,
    ),
    '',
  ]
}

function closing(diagnosis: Diagnosis, { paint, verbose, insecure }: TextOptions): readonly string[] {
  const { observations, conclusion } = diagnosis
  const shown = observations.find(({ purpose }) => purpose === 'preflight') ?? observations[0]
  const all = observations.map(
    ({ purpose, request, response, trouble, ms }) =>
      `  ${purpose.padEnd(20)} ${request.method} ${said(request.url)} → ${response?.status ?? trouble?.kind} in ${ms} ms`,
  )
  const isUnseen = conclusion !== 'blocked'
  return [
    ...(verbose ? [`Requests sent: ${observations.length}`, ...all, ''] : []),
    ...(shown === undefined ? [] : [paint('dim', `Repeat   ${printable(toCurl(shown.request, insecure))}`)]),
    ...(isUnseen ? [paint('dim', `Not visible from here: ${NOT_VISIBLE.join('; ')}.`)] : []),
  ]
}
