import { describe, expect, it } from 'vitest'
import { parseCalls, parseFetch } from '../../../src/diagnose/imports/fetch-call.ts'
import { brief } from './brief.ts'
import { READ, REFUSED } from './fetch-cases.ts'

/** What is pasted, and every request in it. */
const ALL: readonly (readonly [pasted: string, requests: readonly string[]])[] = [
  [
    'fetch("https://a.example/"); ; fetch("https://b.example/", { method: "PUT" });',
    ['GET https://a.example/', 'PUT https://b.example/'],
  ],
  ['fetch(u); fetch("https://a.example/")', ['GET https://a.example/']],
  [
    'fetch("https://a.example/", { body: "fetch(\'https://b.example/\')", method: "POST" })',
    ['POST https://a.example/ body="fetch(\'https://b.example/\')"'],
  ],
  ['axios.get("https://a.example/"); axios.get("https://b.example/")', ['GET https://a.example/ initiator=xhr']],
  ['fetch("https://a.example/", o); fetch("https://b.example/")', ['GET https://b.example/']],
  ['new Request("https://a.example/")', ['GET https://a.example/']],
  ['fetch(u, fetch("https://a.example/"))', ['GET https://a.example/']],
  ['// fetch("https://a.example/")\nfetch("https://b.example/")', ['GET https://b.example/']],
  ['fetch(fetch("https://a.example/"))', ['GET https://a.example/']],
]

const NONE: readonly (readonly [pasted: string, message: string])[] = [
  [
    'fetch(u); fetch(v)',
    'the URL is computed (u): write its value, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    'fetch({ a',
    'this call cannot be read: replace computed parts by their values, or use corsmith check <url> --origin … with -X and -H',
  ],
  [
    '',
    'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
  ],
]

describe('parseFetch()', () => {
  it.each(READ)('reads %j', (pasted, request) => expect(brief(parseFetch(pasted))).toBe(request))
  it.each(REFUSED)('refuses %j', (pasted, message) => {
    expect(() => parseFetch(pasted)).toThrow(new TypeError(message))
  })
})

describe('parseCalls()', () => {
  it.each(ALL)('reads %j', (pasted, requests) => expect(parseCalls(pasted).map(brief)).toEqual(requests))
  it.each(NONE)('refuses %j', (pasted, message) => {
    expect(() => parseCalls(pasted)).toThrow(new TypeError(message))
  })

  it('reads two hundred calls of a text', () => {
    const many = Array.from({ length: 210 }, (_, i) => `fetch("https://a.example/${i}")`).join('; ')
    expect(parseCalls(many).map(({ url }) => url)).toEqual(
      Array.from({ length: 200 }, (_, i) => `https://a.example/${i}`),
    )
  })
})
