import type { HeaderLine } from '../../../src/browser/wire.ts'
import type { HarEntry, PartialPageRequest } from '../../../src/diagnose.ts'

/**
 * A whole request on one line, so that a table can hold many: method, URL, each header, and then each part that is not the default.
 */
export function brief(request: PartialPageRequest): string {
  const {
    url,
    method,
    headers = [],
    origin,
    credentials,
    mode,
    initiator,
    uploadListener,
    body,
    notes,
    ...rest
  } = request
  const parts = [
    `${method} ${url}`,
    ...(headers as readonly HeaderLine[]).map(([name, value]) => `{${name}: ${value}}`),
    ...Object.entries({ origin, credentials, mode, initiator, uploadListener, ...rest })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${value}`),
    ...(body === undefined ? [] : [`body=${JSON.stringify(body)}`]),
    ...(notes ?? []).map((note) => `# ${note}`),
  ]
  return parts.join(' ')
}

const answered = (answer: HarEntry['recorded']['preflight']) =>
  answer === null
    ? 'nothing'
    : [answer.status, answer.source, ...answer.headers.map(([name, value]) => `{${name}: ${value}}`)].join(' ')

/** A whole entry of an archive, on a few lines. */
export function briefEntry({ index, request, kind, isBlocked, recorded }: HarEntry): readonly string[] {
  const { preflight, hops, failing } = recorded
  return [
    `${index} ${kind}${isBlocked ? ' blocked' : ''}: ${brief(request)}`,
    ...(preflight === null ? [] : [`preflight: ${answered(preflight)}`]),
    ...hops.map(({ url, answer }) => `${url}: ${answered(answer)}`),
    ...(failing === null ? [] : [`${failing.kind}: ${failing.detail}`]),
  ]
}
