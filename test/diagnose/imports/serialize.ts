import type { HeaderLine } from '../../../src/browser/wire.ts'

/** A request as developer tools show it: what the page set, and what the browser added. */
export interface Copied {
  readonly url: string
  readonly method: string
  readonly headers: readonly HeaderLine[]
  readonly body: string | null
}

/** Characters that a shell cannot show, and those that need care in single quotes. */
const isControl = (char: string) => /\p{Cc}/u.test(char) || char === '!'

const posix = (text: string) => {
  const chars = [...text]
  if (!chars.some((char) => isControl(char) || char === "'")) return `'${text}'`
  const code = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  return `$'${chars.map((char) => (isControl(char) ? code(char) : char.replace(/[\\']/, '\\$&'))).join('')}'`
}

const cmd = (text: string) =>
  `^"${text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')}^"`

const powershell = (text: string) =>
  `"${text.replace(/[`$"]/g, '`$&').replace(/[^\u0020-\u007e]/g, (char) => `$([char]${char.charCodeAt(0)})`)}"`

/** Writes what each entry of the browsers' menus copies, and what people type. */
export const COMMANDS: Readonly<Record<string, (request: Copied) => string>> = {
  'cURL (bash)': (request) => curl(request, posix, ' \\\n  '),
  'cURL (cmd)': (request) => curl(request, cmd, ' ^\r\n  '),
  'cURL with a prompt, short options and a pipe': ({ url, method, headers, body }) =>
    `$ curl -sS -iX${method} ${headers.map(([name, value]) => `-H${posix(`${name}: ${value}`)}`).join(' ')} ${body === null ? '' : `-d ${posix(body)}`} ${posix(url)} | jq .`,
  PowerShell: ({ url, method, headers, body }) => {
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
    const cookies = headers.filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value.split('='))
    const rest = headers.filter(([name]) => !/^(?:content-type|cookie)$/i.test(name))
    return [
      '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession',
      ...cookies.map(
        ([name = '', value = '']) =>
          `$session.Cookies.Add((New-Object System.Net.Cookie(${powershell(name)}, ${powershell(value)}, "/", "api.example.com")))`,
      ),
      [
        `Invoke-WebRequest -UseBasicParsing -Uri ${powershell(url)}`,
        `-Method ${powershell(method)}`,
        '-WebSession $session',
        `-Headers @{\n${rest.map(([name, value]) => `${powershell(name)}=${powershell(value)}`).join('\n  ')}\n}`,
        ...(type === undefined ? [] : [`-ContentType ${powershell(type)}`]),
        ...(body === null ? [] : [`-Body ([System.Text.Encoding]::UTF8.GetBytes(${powershell(body)}))`]),
      ].join(' `\n'),
    ].join('\n')
  },
}

function curl({ url, method, headers, body }: Copied, quote: (text: string) => string, next: string): string {
  const inferred = body === null ? 'GET' : 'POST'
  return [
    `curl ${quote(url)}`,
    ...(method === inferred ? [] : [`-X ${quote(method)}`]),
    ...headers.map(([name, value]) => (name === 'Cookie' ? `-b ${quote(value)}` : `-H ${quote(`${name}: ${value}`)}`)),
    ...(body === null ? [] : [`--data-raw ${quote(body)}`]),
    '--compressed',
  ].join(next)
}

/** A call as a page writes it. */
export interface Called extends Copied {
  readonly credentials: string
  readonly referrer: string
}

/** Writes what browsers copy as fetch, and what source code holds. */
export const CALLS: Readonly<Record<string, (call: Called) => string>> = {
  'fetch of a browser': ({ url, method, headers, body, credentials, referrer }) =>
    `fetch(${JSON.stringify(url)}, ${JSON.stringify({ headers: Object.fromEntries(headers), referrer, body, method, mode: 'cors', credentials }, null, 2)});`,
  'fetch of source code': ({ url, method, headers, body, credentials, referrer }) => `// reads
const response = await fetch(new URL(${JSON.stringify(url)}), {
  method: '${method}',
  headers: new Headers({ ${headers.map(([name, value]) => `'${name}': ${/^(?:authorization|x-)/i.test(name) ? `\`\${value}\`` : `'${value}'`},`).join(' ')} }),
  ${body === null ? '' : 'body: JSON.stringify({ a: 1, list: [true, null] }),'}
  credentials: '${credentials}', referrer: "${referrer}",
  signal: controller.signal, // ends
}).then((answer) => answer.json())`,
  'fetch of a Request': ({ url, method, headers, body, credentials, referrer }) =>
    `fetch(new Request(${JSON.stringify(url)}, { method: "${method}", headers: ${JSON.stringify(headers)}, ${body === null ? '' : 'body,'} credentials: '${credentials}' }), { referrer: '${referrer}' })`,
}
