/**
 * Names of request headers that only a server in front may write: a client that writes one claims to be somebody, to come from
 * somewhere, or to be on its way to another place. docs/edge.md has the table with what each is believed by.
 */

/** How such names begin. */
const BEGINNINGS: readonly string[] =
  // Where the client is, and under which name and scheme it came.
  (
    'forwarded x-forwarded x-original- x-rewrite- x-envoy- x-azure- x-appengine- x-arr- x-vercel-ip- cloudfront-viewer- ' +
    'cloudfront-forwarded- fly-forwarded- cf-connecting- cf-ip cf-pseudo- cf-visitor cf-worker ' +
    // Who the user is, certificates of clients included.
    'remote- x-remote- x-auth-request- x-authenticated- x-webauth- x-ms-client-principal x-goog-authenticated-user- ' +
    'x-amzn-oidc- x-amzn-mtls- cf-access-authenticated- x-consumer- x-credential- x-anonymous-consumer x-authentik- ' +
    'x-pomerium- tailscale- oidc-claim- ssl- x-ssl- client-cert x-client-cert x-client-verify x-client-dn ' +
    // What the server behind is to do: skip its checks, serve another path, send a file, take a proxy of the client's.
    'x-middleware- x-invoke- x-matched-path x-now-route- x-sendfile x-accel- proxy'
  ).split(' ')

/** How such names end, whatever platform they begin with. */
const ENDINGS: readonly string[] = (
  'client-ip clientip real-ip user-ip remote-ip source-ip src-ip originating-ip connecting-ip connection-ip socketip ' +
  'remote-addr forwarded-for proxied-for'
).split(' ')

/** Such names that are like no other. */
const NAMES: ReadonlySet<string> = new Set(
  'x-host x-http-host-override x-scheme x-url-scheme front-end-https x-script-name'.split(' '),
)

/**
 * A name as CGI and all that descends from it read it: there `X_Forwarded_For` and `X.Forwarded.For` are `X-Forwarded-For`.
 */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')
}

/** Tells whether a plain name is one that only a server in front may write. */
export function isClaim(plain: string): boolean {
  return (
    NAMES.has(plain) ||
    BEGINNINGS.some((beginning) => plain.startsWith(beginning)) ||
    ENDINGS.some((ending) => plain.endsWith(ending))
  )
}
