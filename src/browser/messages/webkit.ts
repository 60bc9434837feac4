import type { FailureDetail, MessageContext } from '../failures.ts'
import type { Initiator } from '../request.ts'

const WEBKIT_KINDS: Readonly<Record<Initiator, string>> = {
  fetch: 'Fetch API',
  xhr: 'XMLHttpRequest',
  beacon: 'Beacon API',
  eventsource: 'EventSource',
  script: 'Script',
  style: 'Stylesheet',
  image: 'Image',
  font: 'Font',
}

/**
 * Writes the line with the reason that WebKit prints in its console. From its source: no driver can
 * read that console.
 */
export function webkitMessage(failure: FailureDetail, context: MessageContext): string {
  const { url, initiator } = context
  const reason = webkitReason(failure, context)
  return reason ?? `${WEBKIT_KINDS[initiator]} cannot load ${url} due to access control checks.`
}

function webkitReason(failure: FailureDetail, context: MessageContext): string | null {
  const { value, code } = failure
  const { requestOrigin, status, url } = context
  switch (code) {
    case 'allow-origin-missing':
    case 'allow-origin-malformed':
    case 'allow-origin-mismatch':
      return `Origin ${requestOrigin} is not allowed by Access-Control-Allow-Origin. Status code: ${status}`
    case 'allow-origin-multiple':
      if (!value.includes(','))
        return `Origin ${requestOrigin} is not allowed by Access-Control-Allow-Origin. Status code: ${status}`
      return 'Access-Control-Allow-Origin cannot contain more than one origin.'
    case 'allow-origin-wildcard':
      return 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.'
    case 'allow-credentials':
      return 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".'
    case 'preflight-status':
    case 'preflight-redirect':
      return `Preflight response is not successful. Status code: ${status}`
    case 'allow-methods-syntax':
      return `Header Access-Control-Allow-Methods has an invalid value: ${value}`
    case 'allow-headers-syntax':
      return `Header Access-Control-Allow-Headers has an invalid value: ${value}`
    case 'method-not-allowed':
      return `Method ${value} is not allowed by Access-Control-Allow-Methods.`
    case 'header-not-allowed':
      return `Request header field ${value} is not allowed by Access-Control-Allow-Headers.`
    case 'redirect-credentials':
      return `Cross-origin redirection to ${value} denied by Cross-Origin Resource Sharing policy: redirection URL ${value} has credentials`
    case 'redirect-scheme':
      return `Cross-origin redirection to ${value} denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin CORS redirection with non CORS scheme`
    case 'redirect-limit':
      return 'Load cannot follow more than 20 redirections'
    case 'redirect-mode':
      return `Not allowed to follow a redirection while loading ${url}`
    case 'same-origin-mode':
      return `Unsafe attempt to load URL ${url} from origin ${context.pageOrigin}. Domains, protocols and ports must match.`
    case 'resource-policy':
      return `Cancelled load to ${url} because it violates the resource's Cross-Origin-Resource-Policy response header.`
    case 'bad-port':
      return 'Not allowed to use restricted network port'
    default:
      return null
  }
}
