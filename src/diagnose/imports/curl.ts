import type { HeaderLine } from '../../browser/wire.ts'
import { asPageRequest, type PartialPageRequest } from './from-browser.ts'
import { isForCmd, shellWords, withoutCarets } from './words.ts'

/** Options that take a value which does not matter here. */
const WITH_VALUE =
  /^(-o|--output|-w|--write-out|-m|--max-time|--connect-timeout|-x|--proxy|--resolve|--cert|--key|--cacert|-E|--retry|-T|--upload-file|-c|--cookie-jar|-D|--dump-header|--tls-max|--interface)$/
const DATA = /^(-d|--data|--data-raw|--data-binary|--data-ascii|--data-urlencode|--json)$/

/**
 * Reads "Copy as cURL" of any browser, for a POSIX shell or for the Windows command prompt. Nothing is run, and no file is read.
 *
 * @throws TypeError for what is no curl command with a URL
 *
 * @example
 * parseCurl("curl 'https://api.example.com/users' -X PUT -H 'Origin: https://app.example.com'").method // 'PUT'
 */
export function parseCurl(command: string): PartialPageRequest {
  const words = shellWords(isForCmd(command) ? withoutCarets(command) : command)
  if (!/(^|[\\/])curl(\.exe)?$/.test(words[0] ?? '')) {
    // Nothing is quoted: a command that was cut holds its secrets where nobody looks for them.
    throw new TypeError('this does not begin with curl: paste "Copy as cURL" whole')
  }
  const headers: HeaderLine[] = []
  const data: string[] = []
  let url: string | null = null
  let method: string | null = null
  const rest = words.slice(1).flatMap(apart)
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? ''
    const value = () => rest[++i] ?? ''
    if (word === '-X' || word === '--request') method = value()
    else if (word === '-H' || word === '--header') addHeader(headers, value())
    else if (word === '-b' || word === '--cookie') headers.push(['Cookie', value()])
    else if (word === '-A' || word === '--user-agent' || word === '-e' || word === '--referer')
      addHeader(headers, `${/^-A|user/.test(word) ? 'User-Agent' : 'Referer'}: ${value()}`)
    else if (word === '-u' || word === '--user') headers.push(['Authorization', `Basic ${btoa(value())}`])
    else if (DATA.test(word)) {
      data.push(value())
      if (word === '--json') addHeader(headers, 'Content-Type: application/json')
    } else if (word === '-F' || word === '--form') {
      data.push(value())
      addHeader(headers, 'Content-Type: multipart/form-data; boundary=corsmith')
    } else if (word === '-I' || word === '--head') method = 'HEAD'
    else if (word === '-G' || word === '--get') method = 'GET'
    else if (word === '--url') url = value()
    else if (WITH_VALUE.test(word)) i++
    else if (!word.startsWith('-')) url ??= word
  }
  if (url === null) throw new TypeError('this curl command names no URL: paste "Copy as cURL" whole')
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type')
  if (data.length > 0 && !hasType && method !== 'GET')
    headers.push(['Content-Type', 'application/x-www-form-urlencoded'])
  return asPageRequest({
    url: /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`,
    method: method ?? (data.length > 0 ? 'POST' : 'GET'),
    headers,
    body: data.length > 0 && method !== 'GET' ? data.join('&') : null,
  })
}

/** Takes `-XPUT`, `-Hname: value` and `--header=…` apart. */
function apart(word: string): readonly string[] {
  const short = /^-([XHbduAeF])(.+)$/s.exec(word)
  if (short !== null && !word.startsWith('--')) return [`-${short[1]}`, short[2] ?? '']
  const long = /^(--[a-z-]+)=(.*)$/s.exec(word)
  return long === null ? [word] : [long[1] ?? '', long[2] ?? '']
}

function addHeader(headers: HeaderLine[], line: string): void {
  const colon = line.indexOf(':', line.startsWith(':') ? 1 : 0)
  if (colon > 0) headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()])
}
