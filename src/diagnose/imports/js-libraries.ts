import { argumentsAt } from './js-arguments.ts'
import { type JsRequest, optionsOf } from './js-request.ts'
import { isMade, isUnknown, readLiteral } from './literal.ts'

const VERB = 'get|post|put|patch|delete|head|options|request'

/** Reads a call of a library; returns null without one. */
export function libraryCall(source: string): JsRequest | null {
  return axiosCall(source) ?? kyCall(source) ?? jqueryCall(source) ?? xhrCall(source)
}

/**
 * Reads `axios.post(url, data, config)`, `axios(config)`, `axios(url, config)`, and calls of an
 * instance.
 */
function axiosCall(source: string): JsRequest | null {
  const call = new RegExp(`\\baxios(?:\\s{0,9}\\.\\s{0,9}(${VERB}))?\\s{0,9}(?:<[^>()]{0,80}>)?\\s{0,9}\\(`).exec(
    source,
  )
  if (call === null) return null
  const given = argumentsAt(source, call.index + call[0].length)
  const verb = call[1] === 'request' ? undefined : call[1]
  const takesData = verb === 'post' || verb === 'put' || verb === 'patch'
  const isConfig = verb === undefined && isPlainObject(given[0])
  const config = optionsOf(isConfig ? given[0] : given[takesData ? 2 : 1])
  const data = takesData ? given[1] : config.data
  const base = typeof config.baseURL === 'string' && typeof config.url === 'string' ? config.baseURL : ''
  return {
    url: isConfig
      ? base === ''
        ? config.url
        : `${base.replace(/\/$/, '')}/${String(config.url).replace(/^\//, '')}`
      : given[0],
    method: verb?.toUpperCase() ?? upper(config.method),
    headers: config.headers,
    body: data === undefined ? undefined : serialized(data),
    impliedType:
      data === undefined || data === null || isMade(data)
        ? undefined
        : typeof data === 'object'
          ? 'application/json'
          : 'application/x-www-form-urlencoded',
    credentials: credentialsOf(config.withCredentials),
    initiator: 'xhr',
    uploadListener: config.onUploadProgress !== undefined,
  }
}

/**
 * Reads `ky.post(url, { json, headers, credentials })`. Calls of similar libraries have the same
 * form.
 */
function kyCall(source: string): JsRequest | null {
  const call = new RegExp(
    `(?<![\\w$])(?:ky|ofetch|\\$fetch)(?:\\s{0,9}\\.\\s{0,9}(${VERB}))?\\s{0,9}(?:<[^>()]{0,80}>)?\\s{0,9}\\(`,
  ).exec(source)
  if (call === null) return null
  const given = argumentsAt(source, call.index + call[0].length)
  const options = optionsOf(given[1])
  const isJson = options.json !== undefined || isPlainObject(options.body)
  return {
    url: given[0],
    method: call[1]?.toUpperCase() ?? upper(options.method),
    headers: options.headers,
    body: isJson ? '{}' : options.body,
    impliedType: isJson ? 'application/json' : undefined,
    credentials: options.credentials,
    mode: options.mode,
  }
}

/**
 * Reads `$.ajax({ url, type, data, contentType, headers, xhrFields })`, `$.ajax(url, …)`,
 * `$.get(url)` and `$.post(url, data)`.
 */
function jqueryCall(source: string): JsRequest | null {
  const call = /(?:\$|\bjQuery)\s{0,9}\.\s{0,9}(ajax|get|post|getJSON)\s{0,9}\(/.exec(source)
  if (call === null) return null
  const given = argumentsAt(source, call.index + call[0].length)
  const isConfig = isPlainObject(given[0])
  const options = optionsOf(isConfig ? given[0] : call[1] === 'ajax' ? given[1] : undefined)
  const method = upper(options.method ?? options.type) ?? (call[1] === 'post' ? 'POST' : 'GET')
  const data = call[1] === 'ajax' || isConfig ? options.data : given[1]
  const type =
    options.contentType === undefined ? 'application/x-www-form-urlencoded; charset=UTF-8' : options.contentType
  const hasBody = data !== undefined && !/^(?:GET|HEAD)$/.test(String(method))
  return {
    url: isConfig ? options.url : given[0],
    method,
    headers: options.headers,
    body: hasBody ? serialized(data) : undefined,
    impliedType: hasBody && typeof type === 'string' ? type : undefined,
    credentials: credentialsOf(optionsOf(options.xhrFields).withCredentials),
    initiator: 'xhr',
  }
}

/** Reads `open`, `setRequestHeader`, `withCredentials`, `upload` and `send`, in any place. */
function xhrCall(source: string): JsRequest | null {
  const open = /\.\s{0,9}open\s{0,9}\(/.exec(source)
  if (open === null || !/XMLHttpRequest|setRequestHeader|\bxhr\b/i.test(source)) return null
  const [method, url] = argumentsAt(source, open.index + open[0].length)
  const headers = [...source.matchAll(/\.\s{0,9}setRequestHeader\s{0,9}\(/g)]
    .slice(0, 100)
    .map((call) => argumentsAt(source, call.index + call[0].length))
  const carries = /\.\s{0,9}withCredentials\s{0,9}=(?!=)/.exec(source)
  const send = /\.\s{0,9}send\s{0,9}\(/.exec(source)
  return {
    url,
    method,
    headers,
    body: send === null ? undefined : argumentsAt(source, send.index + send[0].length)[0],
    credentials:
      carries === null ? undefined : credentialsOf(readLiteral(source, carries.index + carries[0].length).value),
    initiator: 'xhr',
    uploadListener: /\.\s{0,9}upload\s{0,9}\.\s{0,9}(?:on\w+\s{0,9}=|addEventListener)/.test(source),
  }
}

function upper(value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value
}

/** Turns an object of data into text, as the library does. Text stays text. */
function serialized(data: unknown): unknown {
  return isPlainObject(data) ? '{}' : data
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isMade(value) && !isUnknown(value)
}

/** Reads `withCredentials`. A computed value stays computed, because CORS depends on it. */
function credentialsOf(value: unknown): unknown {
  return value === true ? 'include' : isUnknown(value) ? value : undefined
}
