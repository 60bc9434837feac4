// What is read of the files of Next.js, itty-router, remix-utils, whatwg-node, and Spring.
import { describe, expect, it } from 'vitest'
import type { PeerName } from '../../src/migrate/peer.ts'
import { findOptions } from '../../src/migrate/source/calls.ts'
import { propertiesIn, settingsIn, springSettings } from '../../src/migrate/source/spring-settings.ts'
import { migrate } from '../../src/migrate.ts'
import { corsmith, file } from '../cli/run.ts'

const found = (peer: PeerName, text: string) => findOptions(text, 'javascript', peer)
const read = (peer: PeerName, text: string) => found(peer, text).map(({ options }) => options)
const unread = (peer: PeerName, text: string) =>
  found(peer, text).flatMap(({ line, why }) => (why === null ? [] : [[line, why]]))

describe('the reader of header lines', () => {
  it('reads an entry, an object and calls, each as one set', () => {
    const lines = `[{ key: 'Access-Control-Allow-Origin', value: '*' }, { key: 'X-Frame-Options', value: 'DENY' }]`
    const [entry] = read('next', `export default { headers: async () => [{ source: '/a', headers: ${lines} }] }`)
    expect(entry).toMatchObject({ source: '/a', headers: [{ value: '*' }, {}] })
    expect(read('next', `const h = { 'Access-Control-Allow-Origin': 'https://a.com', 'X-A': '1' }`)).toHaveLength(1)
    const calls = `function f(r) {\n r.setHeader('Access-Control-Allow-Origin', 'https://a.com')\n r.setHeader('Access-Control-Allow-Methods', 'PUT')\n}`
    expect(read('next', calls)).toEqual([
      { 'Access-Control-Allow-Origin': 'https://a.com', 'Access-Control-Allow-Methods': 'PUT' },
    ])
  })

  it('lists what depends on a request, and skips comments', () => {
    expect(unread('next', `const a = 1\nconst h = { 'Access-Control-Allow-Origin': req.headers.origin }`)).toEqual([
      [2, expect.stringContaining('req.headers.origin')],
    ])
    expect(found('next', `// { 'Access-Control-Allow-Origin': '*' }\n/* 'Access-Control-Allow-Origin' */`)).toEqual([])
    expect(() => migrate('next', { source: '/a', has: [], headers: [] })).toThrow(/^has: a condition/)
  })

  it('says that several origins in one line never worked', () => {
    const { policy, changes, notes } = migrate('next', {
      'Access-Control-Allow-Origin': 'https://a.com, https://b.com',
    })
    expect(policy).toMatchObject({ origins: ['https://a.com', 'https://b.com'] })
    expect(changes.filter(({ direction }) => direction === 'wider')).toHaveLength(2)
    expect(notes[0]?.why).toContain('several origins')
  })
})

describe('the readers of itty-router, remix-utils and whatwg-node', () => {
  it('finds the call under the name and at the place that the library has', () => {
    expect(read('itty', `import { Router, cors as c, json } from 'itty-router'\nc({ origin: true })`)).toEqual([
      { origin: true },
    ])
    expect(read('itty', `const { cors, json } = require('itty-router')\ncors()`)).toEqual([{}])
    const remix = `import { cors } from 'remix-utils/cors'\ncors(request, json(a, { b: 1 }), { maxAge: 5 })\ncors(request, response)`
    expect(read('remix', remix)).toEqual([{ maxAge: 5 }, {}])
    const middleware = `import { createCorsMiddleware } from "remix-utils/middleware/cors";\ncreateCorsMiddleware({ methods: ['PUT'] })`
    expect(read('remix', middleware)).toEqual([{ methods: ['PUT'] }])
    expect(
      read('whatwg', `import { useCORS } from '@whatwg-node/server'\nuseCORS({ origin: 'https://a.com' })`),
    ).toEqual([{ origin: 'https://a.com' }])
    expect(
      read('whatwg', `import { createYoga } from 'graphql-yoga'\ncreateYoga({ cors: { methods: ['POST'] } })`),
    ).toMatchObject([{ methods: ['POST'] }])
    expect(found('itty', `cors({ origin: true })`)).toEqual([])
  })

  it('names what each of them does in silence', () => {
    expect(
      migrate('itty', { origin: ['https://a.com', /b/], exposeHeaders: ['X-A'] }).notes.map(({ why }) => why),
    ).toEqual([expect.stringContaining('with preflights alone'), expect.stringContaining('/b/ in it never matches')])
    const { policy, notes } = migrate('whatwg', { origin: 'https://*.example.com' })
    expect(policy).toMatchObject({ origins: '*' })
    expect(notes.map(({ why }) => why).join()).toContain('takes for every origin')
    expect(() => migrate('whatwg', { origin: /a/ })).toThrow(/takes a text or a list/)
    expect(() => migrate('remix', { methods: 'GET' })).toThrow(/takes a list/)
  })
})

describe('the reader of Spring', () => {
  it('reads annotations, with the defaults that they have', () => {
    const java = `@CrossOrigin @CrossOrigin("https://a.com")
      @CrossOrigin(origins = {"https://a.com", "https://b.com"}, methods = {RequestMethod.GET, RequestMethod.PUT}, allowCredentials = "true", maxAge = -1) class A {}`
    expect(read('spring', java)).toEqual([
      { applyPermitDefaultValues: true },
      { applyPermitDefaultValues: true, allowedOrigins: ['https://a.com'] },
      {
        applyPermitDefaultValues: true,
        allowedOrigins: ['https://a.com', 'https://b.com'],
        allowedMethods: ['GET', 'PUT'],
        allowCredentials: 'true',
      },
    ])
  })

  it('reads a registry, constants of the file, and what is added one by one', () => {
    const java = `private static final List<String> ORIGINS = List.of("https://a.com", "https://" + "b.com");
      registry.addMapping("/api/**").allowedOrigins("https://a.com").allowedMethods("GET").maxAge(60 * 60);
      CorsConfiguration c = new CorsConfiguration();
      c.setAllowedOrigins(ORIGINS);
      c.addAllowedMethod(HttpMethod.PUT); c.addAllowedMethod("GET");
      c.addAllowedHeader(CorsConfiguration.ALL);
      c.setMaxAge(Duration.ofHours(1));
      source.registerCorsConfiguration("/v1/**", c);`
    expect(read('spring', java)).toEqual([
      {
        applyPermitDefaultValues: true,
        mapping: '/api/**',
        allowedOrigins: ['https://a.com'],
        allowedMethods: ['GET'],
        maxAge: 3600,
      },
      {
        mapping: '/v1/**',
        allowedOrigins: ['https://a.com', 'https://b.com'],
        allowedMethods: ['PUT', 'GET'],
        allowedHeaders: ['*'],
        maxAge: 3600,
      },
    ])
  })

  it('reads Kotlin', () => {
    const kotlin = `val c = CorsConfiguration().apply {\n  allowedOrigins = listOf("https://a.com")\n  allowCredentials = true\n}
      val d = CorsConfiguration()\n d.allowedMethods = listOf("PUT")`
    expect(read('spring', kotlin)).toEqual([
      { allowedOrigins: ['https://a.com'], allowCredentials: true },
      { allowedMethods: ['PUT'] },
    ])
  })

  it('lists what is filled in when it runs', () => {
    expect(unread('spring', `registry.addMapping("/**")\n.allowedOrigins(env)`)).toEqual([[2, expect.any(String)]])
    expect(unread('spring', `@CrossOrigin("\${app.origin}") class A {}`)).toEqual([
      [1, expect.stringContaining('filled in')],
    ])
  })

  it('reads the settings of Spring Boot, and lists those of the application', () => {
    const text = `management.endpoints.web.cors.allowed-origins=https://a.com,https://b.com
# a comment
management.endpoints.web.cors.max-age=30m
app.cors.allowed-origins=https://c.com
spring.graphql.cors.allowed-origins=\${X}`
    expect(springSettings(propertiesIn(text)).map(({ options, why, line }) => [line, options ?? why])).toEqual([
      [1, { mapping: '/actuator/**', allowedOrigins: ['https://a.com', 'https://b.com'], maxAge: 1800 }],
      [5, expect.stringContaining('filled in')],
      [4, expect.stringContaining('your own code')],
    ])
    const gateway = { '[/**]': { allowedOrigins: 'https://a.com', allowedMethods: ['GET', 'PUT'] } }
    const value = { spring: { cloud: { gateway: { globalcors: { 'cors-configurations': gateway } } } } }
    expect(springSettings(settingsIn(value, '')).map(({ options }) => options)).toEqual([
      { mapping: '/**', allowedOrigins: ['https://a.com'], allowedMethods: ['GET', 'PUT'] },
    ])
  })

  it('explains what Spring stops, and refuses what Spring refuses', () => {
    const { changes } = migrate('spring', { allowedOrigins: ['https://a.com'], allowedMethods: ['POST'] })
    expect(changes.find(({ direction }) => direction === 'wider')?.why).toContain('403 to a GET')
    expect(() => migrate('spring', { allowedOrigins: ['*'], allowCredentials: true })).toThrow(/Spring throws/)
    expect(migrate('spring', { allowedOrigins: ['https://a.com'], mapping: '/api/**' }).changes[0]?.what).toBe(
      'paths that do not match /api/*',
    )
  })

  it('runs on a YAML file of settings', async () => {
    const path = file(
      'application.yml',
      'a: 1\n---\nspring:\n  graphql:\n    cors:\n      allowed-origins: https://a.com\n',
    )
    const { code, out } = await corsmith(['migrate', '--from', 'spring', path])
    expect([code, out]).toEqual([2, expect.stringContaining("origins: ['https://a.com']")])
    expect((await corsmith(['migrate', '--from', 'spring', file('b.yml', 'a: [')])).err).toContain('is not YAML: line')
  })
})
