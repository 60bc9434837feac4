// A policy in the terms of the wire, for servers of which nothing else is known.
import { expect, it } from 'vitest'
import { inHeaderTerms } from '../../src/diagnose/header-terms.ts'

it('writes one origin as it is', () => {
  expect(inHeaderTerms({ origins: ['https://a.example'] })).toMatchInlineSnapshot(`
    "# on every answer, errors included
    Access-Control-Allow-Origin: https://a.example
    Vary: Origin

    # OPTIONS with Access-Control-Request-Method: 204 without a body, before authentication
    Access-Control-Allow-Origin: https://a.example
    Access-Control-Allow-Methods: GET, HEAD, POST
    Vary: Origin"
  `)
})

it('writes what credentials and several origins need', () => {
  const policy = {
    origins: ['https://a.example', 'https://b.example'],
    credentials: true,
    methods: ['PUT', 'DELETE'],
    requestHeaders: ['Content-Type', 'X-Own'],
    exposedHeaders: ['ETag', 'Link'],
    maxAge: 0,
  }
  expect(inHeaderTerms(policy)).toMatchInlineSnapshot(`
    "# on every answer, errors included
    Access-Control-Allow-Origin: the Origin of the request, if it is listed
    Access-Control-Allow-Credentials: true
    Access-Control-Expose-Headers: ETag, Link
    Vary: Origin

    # OPTIONS with Access-Control-Request-Method: 204 without a body, before authentication
    Access-Control-Allow-Origin: the Origin of the request, if it is listed
    Access-Control-Allow-Credentials: true
    Access-Control-Allow-Methods: GET, HEAD, POST, PUT, DELETE
    Access-Control-Allow-Headers: Content-Type, X-Own
    Access-Control-Max-Age: 0
    Vary: Origin
    # listed: https://a.example https://b.example"
  `)
})

it('writes stars as they are, and no Vary for a public resource', () => {
  const policy = { origins: '*', methods: '*', requestHeaders: '*', exposedHeaders: '*', maxAge: 600 } as const
  expect(inHeaderTerms(policy)).toMatchInlineSnapshot(`
    "# on every answer, errors included
    Access-Control-Allow-Origin: *
    Access-Control-Expose-Headers: *

    # OPTIONS with Access-Control-Request-Method: 204 without a body, before authentication
    Access-Control-Allow-Origin: *
    Access-Control-Allow-Methods: *
    Access-Control-Allow-Headers: *
    Access-Control-Max-Age: 600"
  `)
})

it('names no origins where a function decides', () => {
  expect(inHeaderTerms({ origins: () => true })).toMatchInlineSnapshot(`
    "# on every answer, errors included
    Access-Control-Allow-Origin: the Origin of the request, if it is listed
    Vary: Origin

    # OPTIONS with Access-Control-Request-Method: 204 without a body, before authentication
    Access-Control-Allow-Origin: the Origin of the request, if it is listed
    Access-Control-Allow-Methods: GET, HEAD, POST
    Vary: Origin"
  `)
})
