import type { BrowserName } from '../../browser/rules.ts'
import type { HeaderLine } from '../../browser/wire.ts'
import type { Diagnosis } from '../diagnosis.ts'
import type { Finding, Fix } from '../finding.ts'
import type { Observation } from '../recorder.ts'
import { BROWSER_NAMES } from '../verdicts.ts'
import { consoleLine, verdictName } from './names.ts'
import { NOT_VISIBLE, preflightReasons } from './reasons.ts'
import { shown } from './shown.ts'

/** The version of the schema. It grows by one if consumers have to change. */
export const SCHEMA = 1

/** A diagnosis as plain data, for `--json` and for tools. */
export interface JsonReport {
  readonly schema: 1
  readonly tool: { readonly name: 'corsmith'; readonly version: string }
  readonly input: {
    readonly url: string
    readonly origin: string
    readonly method: string
    readonly headers: readonly HeaderLine[]
    readonly credentials: string
    readonly mode: string
  }
  readonly verdict: Diagnosis['conclusion']
  /**
   * Chromium's enum, Firefox's category and WebKit's line; otherwise `'shared'` or `'unverified'`.
   */
  readonly verdicts: Readonly<Record<BrowserName, string>>
  readonly console: Readonly<Record<BrowserName, string | null>>
  readonly failure: {
    readonly code: string
    readonly during: string
    readonly step: string
    readonly value: string
    readonly url: string
    readonly status: number | null
    readonly mdn: string
  } | null
  readonly next: readonly { readonly code: string; readonly during: string; readonly value: string }[]
  readonly preflight: {
    readonly needed: boolean
    readonly reasons: readonly string[]
    readonly exchange: JsonExchange | null
  }
  readonly actual: JsonExchange | null
  /** The product that runs the server, and the signs of it; null if the signs do not suffice. */
  readonly recognized: Diagnosis['recognized']
  readonly findings: readonly JsonFinding[]
  readonly probes: readonly JsonExchange[]
  readonly security: Diagnosis['security']
  readonly notVisible: readonly string[]
}

/** A request and its answer. */
export interface JsonExchange {
  readonly purpose: string
  readonly request: { readonly method: string; readonly url: string; readonly headers: readonly HeaderLine[] }
  readonly response: { readonly status: number; readonly headers: readonly HeaderLine[] } | null
  readonly trouble: { readonly kind: string; readonly detail: string } | null
  readonly ms: number
}

/** A finding, with the browsers' names for the failure that it explains. */
export interface JsonFinding extends Omit<Finding, 'fix'> {
  readonly chromium: string | null
  readonly firefox: string | null
  readonly fix: Fix | null
}

/**
 * Writes a diagnosis as plain data. Secrets are left out of headers, URLs and bodies, and where the
 * server repeats them.
 *
 * @param whole The diagnosis.
 * @param version The version of the tool, for the report.
 * @returns Data for `JSON.stringify`.
 *
 * @example
 * ```ts
 * import { diagnose, toJson } from 'corsmith/diagnose'
 *
 * const diagnosis = await diagnose('https://api.example.com/', { origin: 'https://app.example.com' })
 * toJson(diagnosis, '1.0.0').verdicts.chromium // 'MissingAllowOriginHeader'
 * ```
 */
export function toJson(whole: Diagnosis, version: string): JsonReport {
  const diagnosis = shown(whole)
  const { call, failure, observations } = diagnosis
  const preflight = observations.find(({ purpose }) => purpose === 'preflight')
  const actual = observations.findLast(({ purpose }) => purpose === 'request')
  return {
    schema: SCHEMA,
    tool: { name: 'corsmith', version },
    input: {
      url: call.url.href,
      origin: call.origin,
      method: call.method,
      headers: call.headers,
      credentials: call.credentials,
      mode: call.mode,
    },
    verdict: diagnosis.conclusion,
    verdicts: perEngine((browser) => verdictName(diagnosis, browser)),
    console: perEngine((browser) => consoleLine(diagnosis, browser)),
    failure: failure && {
      code: failure.code,
      during: failure.during,
      step: failure.step,
      value: failure.value,
      url: failure.url,
      status: failure.status,
      mdn: failure.mdn,
    },
    next: diagnosis.next.map(({ code, during, value }) => ({ code, during, value })),
    preflight: {
      needed: preflight !== undefined,
      reasons: preflightReasons(diagnosis),
      exchange: preflight === undefined ? null : toExchange(preflight),
    },
    actual: actual === undefined ? null : toExchange(actual),
    recognized: diagnosis.recognized,
    findings: diagnosis.findings.map((finding) => toFinding(finding, diagnosis)),
    probes: observations.filter(({ purpose }) => purpose !== 'preflight' && purpose !== 'request').map(toExchange),
    security: diagnosis.security,
    notVisible: NOT_VISIBLE,
  }
}

function perEngine<T>(of: (browser: BrowserName) => T): Readonly<Record<BrowserName, T>> {
  return Object.fromEntries(BROWSER_NAMES.map((browser) => [browser, of(browser)])) as Record<BrowserName, T>
}

function toFinding(finding: Finding, { failure }: Diagnosis): JsonFinding {
  const isFirst = failure !== null && finding.explains === failure.code
  return { ...finding, chromium: isFirst ? failure.chromium : null, firefox: isFirst ? failure.firefox : null }
}

function toExchange({ purpose, request, response, trouble: noAnswer, ms }: Observation): JsonExchange {
  return {
    purpose,
    request: { method: request.method, url: request.url, headers: request.headers },
    response: response && { status: response.status, headers: response.headers },
    trouble: noAnswer && { kind: noAnswer.kind, detail: noAnswer.detail },
    ms,
  }
}
