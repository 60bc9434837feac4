// Errors as problem details, which a client can read without knowing this service: https://www.rfc-editor.org/rfc/rfc9457

/** What a problem says besides its code and sentence. */
export interface Fault {
  readonly issues?: readonly { readonly path: readonly (string | number)[]; readonly message: string }[] | undefined
  readonly [more: string]: unknown
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Content',
}

/** Makes a response of a problem. `code` is for programs, `detail` for people. */
export function problem(status: number, code: string, detail: string, more: Fault = {}): Response {
  const body = { type: 'about:blank', title: TITLES[status], status, detail, code, ...more }
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } })
}
