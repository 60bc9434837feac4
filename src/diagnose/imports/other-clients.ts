import type { HeaderLine } from '../../browser/wire.ts'
import { addHeader, type HeaderDraft, readUrlArgument } from './command-line.ts'
import { asPageRequest, type PartialPageRequest } from './from-browser.ts'

/** Reads the arguments of wget. */
export function readWget(words: readonly string[]): readonly PartialPageRequest[] {
  const draft: HeaderDraft = { headers: [], removed: [], notes: [] }
  let url: string | null = null
  let method: string | null = null
  let body: string | null = null
  for (let i = 0; i < words.length; i++) {
    const [, option = '', joined] = /^(--[a-z-]+)(?:=([\s\S]*))?$/.exec(words[i] ?? '') ?? []
    const value = () => joined ?? words[++i] ?? ''
    if (option === '--method') method = value()
    else if (option === '--header') addHeader(draft, value())
    else if (option === '--body-data' || option === '--post-data') body = value()
    else if (option === '--user-agent' || option === '--referer') {
      draft.headers.push([option === '--referer' ? 'Referer' : 'User-Agent', value()])
    } else if (/^-[OoUPt]$/.test(words[i] ?? '') || /^--(output-document|timeout|tries)$/.test(option)) value()
    else if (!(words[i] ?? '').startsWith('-')) url ??= words[i] ?? null
  }
  if (url === null) throw new TypeError('this wget command names no URL')
  if (body !== null && !draft.headers.some(([name]) => /^content-type$/i.test(name)))
    draft.headers.push(['Content-Type', 'application/x-www-form-urlencoded'])
  const { headers } = draft
  return [
    asPageRequest({
      url: readUrlArgument(url, []).url,
      method: method ?? (body === null ? 'GET' : 'POST'),
      headers,
      body,
    }),
  ]
}

/** Reads the arguments of HTTPie: `http PUT example.com/x Name:value field=value`. */
export function readHttpie(name: string, words: readonly string[]): readonly PartialPageRequest[] {
  const plain = words.filter((word) => !word.startsWith('-'))
  const isForm = words.includes('--form') || words.includes('-f')
  const verb = /^[A-Za-z]+$/.test(plain[0] ?? '') && plain.length > 1 ? plain.shift() : undefined
  const url = plain.shift()
  // `http` and `https` can also be ordinary words.
  if (url === undefined || !/[.:/]/.test(url)) return []
  const headers: HeaderLine[] = []
  const data: string[] = []
  const query: string[] = []
  for (const item of plain) {
    const [, key = '', mark, value = ''] = /^([^:=@]+)(==|:=|=|:|@)([\s\S]*)$/.exec(item) ?? []
    if (mark === ':') headers.push([key, value])
    else if (mark === '==') query.push(`${key}=${value}`)
    else if (mark !== undefined) data.push(`${key}=${value}`)
  }
  const local = url.startsWith(':')
    ? `localhost${/^:\d/.test(url) ? '' : ':80'}${url === ':' ? '' : url.replace(/^:(?=\/)/, '')}`
    : url
  const whole = /^[a-z]+:\/\//i.test(local) ? local : `${name === 'https' ? 'https' : 'http'}://${local}`
  const hasType = headers.some(([key]) => key.toLowerCase() === 'content-type')
  if (data.length > 0 && !hasType)
    headers.push(['Content-Type', isForm ? 'application/x-www-form-urlencoded' : 'application/json'])
  return [
    asPageRequest({
      url: readUrlArgument(whole, query).url,
      method: verb?.toUpperCase() ?? (data.length > 0 ? 'POST' : 'GET'),
      headers,
      body: data.length > 0 ? data.join('&') : null,
    }),
  ]
}
