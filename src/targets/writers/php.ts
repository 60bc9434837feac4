import type { Fitted } from '../can.ts'
import { echoesHeaders, exposedNames, headersField, methodsField } from '../header-values.ts'
import { anyOf, EVERY_KIND } from '../origin-regex.ts'
import { list, phpRaw, single } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

export const php: ForeignTarget<'php'> = foreign({
  name: 'php',
  title: 'PHP',
  kind: 'code',
  language: 'php',
  where:
    'In a file of its own, say cors.php, that every script requires in its first line, or that auto_prepend_file names. Nothing may be printed before it, no blank line and no byte order mark either.',
  removes:
    "Remove every header('Access-Control-…') of your own, and Access-Control-… lines of .htaccess and nginx: what the script sets itself is replaced here, what the server adds is not.",
  proof: 'run',
  can: {
    origins: EVERY_KIND,
    quoting: 'any',
    anyMethod: 'always',
    anyHeader: 'always',
    headerPatterns: true,
    exposedPatterns: true,
    credentials: 'as-said',
    timing: true,
  },
  write,
})

function write(policy: Fitted): string {
  const { anyOrigin, origins, credentials, timing, anyMethod, maxAge, status, exposedPrefixes } = policy
  const isEcho = echoesHeaders(policy)
  const isMethodEcho = anyMethod && credentials
  const names = headersField({ ...policy, anyHeader: policy.anyHeader && !credentials })
  const exposed = exposedNames(policy)
  const granted = [
    `header('Access-Control-Allow-Origin: ' . ${anyOrigin ? "'*'" : '$origin'});`,
    ...(credentials ? ["header('Access-Control-Allow-Credentials: true');"] : []),
    ...(exposedPrefixes.length > 0
      ? [
          `$exposed = array_filter($names, fn ($name) => preg_match(${single(`#^(${exposedPrefixes.map((prefix) => prefix.replace(/[.*+?^${}()|[\]\\#]/g, '\\$&')).join('|')})#i`)}, $name) === 1);`,
          `$exposed = array_unique([${list(exposed, single)}${exposed.length > 0 ? ', ' : ''}...$exposed]);`,
          "if ($exposed !== []) header('Access-Control-Expose-Headers: ' . implode(', ', $exposed));",
        ]
      : exposed.length > 0
        ? [`header(${single(`Access-Control-Expose-Headers: ${exposed.join(', ')}`)});`]
        : []),
    ...(timing ? [`header('Timing-Allow-Origin: ' . ${anyOrigin ? "'*'" : '$origin'});`] : []),
  ]
  const asked = [
    isMethodEcho
      ? "header('Access-Control-Allow-Methods: ' . (preg_match('#^[!\\#$%&\\'*+.^_`|~0-9A-Za-z-]+$#D', $method) ? $method : 'GET, HEAD, POST'));"
      : `header(${single(`Access-Control-Allow-Methods: ${methodsField(policy)}`)});`,
    ...(isEcho
      ? [`header('Access-Control-Allow-Headers: ' . ($areAllowed ? $asked : ${single(names)}));`]
      : names === ''
        ? []
        : [`header(${single(`Access-Control-Allow-Headers: ${names}`)});`]),
    ...(maxAge === null ? [] : [`header('Access-Control-Max-Age: ${maxAge}');`]),
    ...(isEcho || isMethodEcho
      ? ["header('Vary: Access-Control-Request-Method, Access-Control-Request-Headers', false);"]
      : []),
  ]
  const variables = [
    "$origin = $_SERVER['HTTP_ORIGIN'] ?? '';",
    "$method = $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'] ?? '';",
    "$isPreflight = $_SERVER['REQUEST_METHOD'] === 'OPTIONS' && $origin !== '' && $method !== '';",
    `$isAllowed = ${anyOrigin ? 'true' : `preg_match(${phpRaw(`#${anyOf(origins).replaceAll('#', '\\#')}#D`)}, $origin) === 1`};`,
    ...(isEcho ? echo(policy) : []),
  ]
  const uses = [
    '$origin',
    '$isPreflight',
    '$isAllowed',
    ...(isMethodEcho ? ['$method'] : []),
    ...(isEcho ? ['$asked', '$areAllowed'] : []),
  ]
  return `(function (): void {
    ${variables.join('\n    ')}
    // It runs when the answer is sent, after everything that the script sets.
    header_register_callback(function () use (${uses.join(', ')}): void {
        $names = array_map(fn ($line) => strstr($line, ':', true), headers_list());
        foreach ($names as $name) {
            if (preg_match('/^(Access-Control-|Timing-Allow-Origin$)/i', $name) === 1) header_remove($name);
        }
${anyOrigin ? '' : "        header('Vary: Origin', false);\n        if (!$isAllowed) return;\n"}        ${granted.join('\n        ')}
        if (!$isPreflight) return;
        ${asked.join('\n        ')}
    });
    if (!$isPreflight) return;
    http_response_code(${anyOrigin ? status : `$isAllowed ? ${status} : 403`});
    exit;
})();`
}

function echo({ anyHeader, requestHeaders, headerPrefixes }: Fitted): readonly string[] {
  const listed = list(
    requestHeaders.map((name) => name.toLowerCase()),
    single,
  )
  const isListed = requestHeaders.some((name) => name.toLowerCase() === 'authorization')
  const one = anyHeader
    ? isListed
      ? "preg_match('#^[!\\#$%&\\'*+.^_`|~0-9a-z-]+$#D', $name) === 1"
      : "preg_match('#^(?!authorization$)[!\\#$%&\\'*+.^_`|~0-9a-z-]+$#D', $name) === 1"
    : [
        ...(requestHeaders.length > 0 ? [`in_array($name, [${listed}], true)`] : []),
        ...headerPrefixes.map(
          (prefix) =>
            `preg_match(${single(`#^${prefix.toLowerCase().replace(/[.*+?^${}()|[\]\\#]/g, '\\$&')}[!\\#$%&'*+.^_\`|~0-9a-z-]+$#D`)}, $name) === 1`,
        ),
      ].join(' || ')
  return [
    "$asked = $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] ?? '';",
    "$wanted = array_map(fn ($name) => strtolower(trim($name)), explode(',', $asked));",
    `$areAllowed = count($wanted) === count(array_filter($wanted, fn ($name) => ${one}));`,
  ]
}
