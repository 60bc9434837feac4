/**
 * Planted faults: each does to the engine's answer what a bug in the engine would do. Every one must be noticed.
 */
import type { HeaderLine, WireRequest, WireResponse } from '../../src/browser.ts'

/** A fault: its name, and what it makes of an answer. */
export interface Mutant {
  readonly name: string
  mutate(answer: WireResponse, request: WireRequest): WireResponse
}

type Edit = (headers: readonly HeaderLine[], request: WireRequest) => readonly HeaderLine[]

function get(lines: readonly HeaderLine[], name: string): string | undefined {
  return lines.find(([key]) => key.toLowerCase() === name)?.[1]
}

function drop(lines: readonly HeaderLine[], name: string): HeaderLine[] {
  return lines.filter(([key]) => key.toLowerCase() !== name)
}

function set(lines: readonly HeaderLine[], name: string, value: string): HeaderLine[] {
  return [...drop(lines, name), [name, value]]
}

/** Changes a field where it is. */
function change(lines: readonly HeaderLine[], name: string, to: (value: string) => string): HeaderLine[] {
  return lines.map(([key, value]) => (key.toLowerCase() === name ? [key, to(value)] : [key, value]))
}

const ORIGIN = 'access-control-allow-origin'
const CREDENTIALS = 'access-control-allow-credentials'
const METHODS = 'access-control-allow-methods'
const HEADERS = 'access-control-allow-headers'
const EXPOSE = 'access-control-expose-headers'

function headers(name: string, edit: Edit): Mutant {
  return { name, mutate: (answer, request) => ({ ...answer, headers: edit(answer.headers, request) }) }
}

function isPreflight(request: WireRequest): boolean {
  return request.method === 'OPTIONS' && get(request.headers, 'access-control-request-method') !== undefined
}

function onPreflight(name: string, edit: Edit): Mutant {
  return headers(name, (lines, request) =>
    isPreflight(request) && get(lines, ORIGIN) !== undefined ? edit(lines, request) : lines,
  )
}

function status(name: string, to: number, when: (request: WireRequest, answer: WireResponse) => boolean): Mutant {
  return { name, mutate: (answer, request) => (when(request, answer) ? { ...answer, status: to } : answer) }
}

/** The faults. */
export const MUTANTS: readonly Mutant[] = [
  headers('drops Access-Control-Allow-Origin', (lines) => drop(lines, ORIGIN)),
  headers('reflects every origin', (lines, request) => set(lines, ORIGIN, get(request.headers, 'origin') ?? '*')),
  headers('reflects every origin but null', (lines, request) => {
    const origin = get(request.headers, 'origin')
    return origin === undefined || origin === 'null' ? lines : set(lines, ORIGIN, origin)
  }),
  headers('says * to everyone', (lines) => set(lines, ORIGIN, '*')),
  headers('allows null', (lines, request) =>
    get(request.headers, 'origin') === 'null' ? set(lines, ORIGIN, 'null') : lines,
  ),
  headers('appends a slash to the origin', (lines) =>
    change(lines, ORIGIN, (value) => (value === '*' ? value : `${value}/`)),
  ),
  headers('upper-cases the origin', (lines) => change(lines, ORIGIN, (value) => value.toUpperCase())),
  headers('doubles Access-Control-Allow-Origin', (lines) => [
    ...lines,
    ...lines.filter(([name]) => name.toLowerCase() === ORIGIN),
  ]),
  headers('matches origins by their end', (lines, request) => {
    const origin = get(request.headers, 'origin') ?? ''
    return origin.endsWith('example.com') ? set(lines, ORIGIN, origin) : lines
  }),
  headers('matches origins by their beginning', (lines, request) => {
    const origin = get(request.headers, 'origin') ?? ''
    return origin.startsWith('https://app.example.com') ? set(lines, ORIGIN, origin) : lines
  }),
  headers('takes http for https', (lines, request) => {
    const origin = get(request.headers, 'origin') ?? ''
    return origin === 'http://app.example.com' ? set(lines, ORIGIN, origin) : lines
  }),
  headers('always names one origin', (lines) =>
    get(lines, ORIGIN) === undefined ? lines : set(lines, ORIGIN, 'https://app.example.com'),
  ),
  headers('loses Access-Control-Allow-Credentials', (lines) => drop(lines, CREDENTIALS)),
  headers('writes credentials with a capital', (lines) => change(lines, CREDENTIALS, () => 'True')),
  headers('allows credentials to every allowed origin', (lines, request) => {
    const origin = get(request.headers, 'origin')
    return get(lines, ORIGIN) === origin || get(lines, ORIGIN) === '*'
      ? set(set(lines, CREDENTIALS, 'true'), ORIGIN, origin ?? '*')
      : lines
  }),
  onPreflight('loses Access-Control-Allow-Methods', (lines) => drop(lines, METHODS)),
  onPreflight('lower-cases methods', (lines) => change(lines, METHODS, (value) => value.toLowerCase())),
  onPreflight('allows the method in any case', (lines, request) => {
    const asked = get(request.headers, 'access-control-request-method') ?? ''
    const listed =
      get(lines, METHODS)
        ?.toLowerCase()
        .split(',')
        .map((method) => method.trim()) ?? []
    return listed.includes(asked.toLowerCase()) ? set(lines, METHODS, asked) : lines
  }),
  onPreflight('echoes every method', (lines, request) =>
    set(lines, METHODS, get(request.headers, 'access-control-request-method') ?? ''),
  ),
  onPreflight('separates methods by spaces', (lines) => change(lines, METHODS, (value) => value.replaceAll(',', ' '))),
  onPreflight('loses Access-Control-Allow-Headers', (lines) => drop(lines, HEADERS)),
  onPreflight('says * for headers', (lines) => set(lines, HEADERS, '*')),
  onPreflight('echoes every header name', (lines, request) =>
    set(lines, HEADERS, get(request.headers, 'access-control-request-headers') ?? ''),
  ),
  onPreflight('lists only the first header name', (lines) =>
    change(lines, HEADERS, (value) => value.split(',')[0] ?? ''),
  ),
  onPreflight('adds Authorization to every list', (lines) =>
    change(lines, HEADERS, (value) => `${value},authorization`),
  ),
  status('answers allowed preflights with 403', 403, (request, answer) => isPreflight(request) && answer.status < 300),
  status('redirects preflights', 307, (request, answer) => isPreflight(request) && answer.status < 300),
  onErrors('sends no headers on errors'),
  headers('drops Access-Control-Expose-Headers', (lines) => drop(lines, EXPOSE)),
  headers('exposes everything', (lines, request) => (isPreflight(request) ? lines : set(lines, EXPOSE, '*'))),
  headers('exposes the first name only', (lines) => change(lines, EXPOSE, (value) => value.split(',')[0] ?? '')),
  headers('loses Vary', (lines) => drop(lines, 'vary')),
  headers('varies by something else', (lines) => change(lines, 'vary', () => 'Accept-Encoding')),
  headers('varies only where the origin is allowed', (lines) =>
    get(lines, ORIGIN) === undefined ? drop(lines, 'vary') : lines,
  ),
]

function onErrors(name: string): Mutant {
  return {
    name,
    mutate: (answer) =>
      answer.status < 400
        ? answer
        : { ...answer, headers: answer.headers.filter(([key]) => !key.toLowerCase().startsWith('access-control-')) },
  }
}
