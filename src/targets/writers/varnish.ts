import { CORS_RESPONSE_FIELDS, TIMING_ALLOW_ORIGIN } from '../../spec/fields.ts'
import { type Fitted, PROGRAMMABLE_SERVER } from '../can.ts'
import {
  askedHeaders,
  echoesHeaders,
  exposedNames,
  headersField,
  methodsField,
  NAME_CHARACTER,
  refusedHeader,
} from '../header-values.ts'
import { anyOf } from '../origin-regex.ts'
import { hostAndPort } from '../place.ts'
import { indent } from '../quote.ts'
import { type ForeignTarget, foreign, type ServerPlace } from '../row.ts'

export const varnish: ForeignTarget<'varnish'> = foreign({
  name: 'varnish',
  title: 'Varnish',
  kind: 'server',
  language: 'vcl',
  where:
    'Below "vcl 4.1;" and above your own subroutines: Varnish runs subroutines of one name in the order of the file, and a preflight must not meet a check for a login.',
  removes:
    'Remove every other "set resp.http.Access-Control-…" and "set beresp.http.Access-Control-…". What the backend says of CORS is removed here at delivery, so one cached object serves every page.',
  note: 'Varnish hands a method that it does not know, such as PURGE, to the backend as raw bytes, where no header can be set. Here it is answered 501.',
  proof: 'run',
  can: PROGRAMMABLE_SERVER,
  write,
  whole: {
    file: 'default.vcl',
    write: (text, { listen, upstream }: ServerPlace) => {
      if (upstream.protocol === 'https:')
        throw new TypeError('Varnish does not speak TLS to a backend: write an http origin')
      const [host, port] = hostAndPort(upstream)
      return `vcl 4.1;
# Start it with: varnishd -F -f default.vcl -a ${listen.host}:${listen.port}
backend default { .host = "${host}"; .port = "${port}"; }
${text}`
    },
  },
})

function write(policy: Fitted): string {
  const { anyOrigin, origins, credentials, timing, anyMethod, maxAge, status } = policy
  const isAllowed = anyOrigin ? 'true' : `req.http.Origin ~ {"${anyOf(origins)}"}`
  const exposed = exposedNames(policy)
  const names = headersField({ ...policy, anyHeader: policy.anyHeader && !credentials })
  const isEcho = echoesHeaders(policy)
  const refused = refusedHeader(policy)
  const isMethodEcho = anyMethod && credentials
  const set = (name: string, value: string) => `set resp.http.${name} = ${value};`
  const origin = anyOrigin ? '"*"' : 'req.http.Origin'
  const always = [
    set('Access-Control-Allow-Origin', origin),
    ...(credentials ? [set('Access-Control-Allow-Credentials', '"true"')] : []),
    ...(exposed.length > 0 ? [set('Access-Control-Expose-Headers', `"${exposed.join(', ')}"`)] : []),
    ...(timing ? [set('Timing-Allow-Origin', origin)] : []),
  ]
  const granted = [
    isMethodEcho
      ? `if (req.http.Access-Control-Request-Method ~ {"^${NAME_CHARACTER}+$"}) { ${set('Access-Control-Allow-Methods', 'req.http.Access-Control-Request-Method')} }`
      : set('Access-Control-Allow-Methods', `"${methodsField(policy)}"`),
    ...(names === '' ? [] : [set('Access-Control-Allow-Headers', `"${names}"`)]),
    ...(isEcho
      ? [
          `if (req.http.Access-Control-Request-Headers ~ {"(?i)${askedHeaders(policy)}"}${refused === null ? '' : ` && req.http.Access-Control-Request-Headers !~ {"(?i)${refused}"}`}) {
  ${set('Access-Control-Allow-Headers', 'req.http.Access-Control-Request-Headers')}
}`,
        ]
      : []),
    ...(maxAge === null ? [] : [set('Access-Control-Max-Age', `"${maxAge}"`)]),
  ]
  const vary = isEcho || isMethodEcho ? ', Access-Control-Request-Method, Access-Control-Request-Headers' : ''
  const isPreflight = 'req.method == "OPTIONS" && req.http.Origin && req.http.Access-Control-Request-Method'
  return `import std;

sub vcl_recv {
  std.collect(req.http.Origin, ", ");
  std.collect(req.http.Access-Control-Request-Headers, ", ");
  if (${isPreflight}) {
    ${anyOrigin ? `return (synth(${status}));` : `if (${isAllowed}) { return (synth(${status})); }\n    return (synth(403));`}
  }
}

sub vcl_pipe {
  # A pipe hands on what the backend says of CORS. Connections that upgrade need it.
  if (!req.http.Upgrade) { return (synth(501)); }
}

sub cors_answer {
  ${[...CORS_RESPONSE_FIELDS, TIMING_ALLOW_ORIGIN].map((name) => `unset resp.http.${name};`).join('\n  ')}
  if (${isAllowed}) {
    ${always.join('\n    ')}
  }${
    anyOrigin
      ? ''
      : `
  std.collect(resp.http.Vary, ", ");
  if (!resp.http.Vary) {
    set resp.http.Vary = "Origin";
  } elsif (resp.http.Vary !~ {"(?i)(^|[, ])(origin|\\*)([, ]|$)"}) {
    set resp.http.Vary = resp.http.Vary + ", Origin";
  }`
  }
}

sub vcl_deliver {
  call cors_answer;
}

sub vcl_synth {
  call cors_answer;
  if (${isPreflight}) {
    if (${isAllowed}) {
      ${indent(granted.join('\n'), '      ')}${vary === '' ? '' : `\n      ${set('Vary', `"Origin${vary}"`)}`}
    }
    synthetic("");
    return (deliver);
  }
}`
}
