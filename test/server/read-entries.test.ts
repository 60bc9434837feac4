// Adapters of Node read an engine's tables without a call, and still ask an `entries` that somebody put in its place.
import { expect, it } from 'vitest'
import { type Cors, createCors } from '../../src/index.ts'
import { readEntries } from '../../src/server/entries.ts'

const request = { method: 'GET', headers: new Headers({ Origin: 'https://a.com' }) }
const make = (): Cors => createCors({ origins: ['https://a.com'], exposedHeaders: ['ETag'] })
const OWN = [['X-Own', '1']] as const
const own = () => OWN as unknown as ReturnType<Cors['entries']>

it('gives what entries gives', () => {
  const cors = make()
  expect(readEntries(cors, request)).toEqual(cors.entries(request))
  expect(readEntries(cors, request)).toContainEqual(['Access-Control-Allow-Origin', 'https://a.com'])
})

it.each<[string, () => Cors]>([
  ['a copy', () => ({ ...make(), entries: own })],
  ['an object on top of it', () => Object.create(make(), { entries: { value: own } })],
  ['an assignment', () => Object.assign(make(), { entries: own })],
  ['a proxy', () => new Proxy(make(), { get: (cors, key) => (key === 'entries' ? own : Reflect.get(cors, key)) })],
])('asks the entries of %s', (_name, changed) => {
  expect(readEntries(changed(), request)).toBe(OWN)
})

it('leaves nothing that a loop or a printed policy shows', () => {
  expect(Object.getOwnPropertySymbols({ ...make() }).map(String)).toEqual(['Symbol(corsmith.derive)'])
})
