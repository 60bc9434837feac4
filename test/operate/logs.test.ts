import type { RequestListener } from 'node:http'
import * as api from '@opentelemetry/api'
import { InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import express from 'express'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cors as nodeCors } from '../../adapters/node.ts'
import { developmentLog, jsonLog, observe, openTelemetry } from '../../src/log.ts'
import { APP, actual, preflight, STRANGER } from '../support/exchanges.ts'
import { listen } from '../support/loopback.ts'
import { send } from '../support/raw-http.ts'

const POLICY = { origins: [APP], methods: ['PUT'], requestHeaders: ['X-One'] } as const

describe('developmentLog()', () => {
  function linesOf(...requests: Request[]): string[] {
    const lines: string[] = []
    const policy = observe(
      POLICY,
      developmentLog((line) => lines.push(line)),
    )
    for (const request of requests) policy.wrap(() => new Response('hello'))(request)
    return lines
  }

  it.each([
    [actual(STRANGER), `GET /users/1 from ${STRANGER}: add "${STRANGER}" to origins`],
    [preflight(APP, 'DELETE'), `DELETE /users/1 from ${APP}: add "DELETE" to methods`],
    [preflight(APP, 'PUT', 'x-two'), `PUT /users/1 from ${APP}: add "x-two" to requestHeaders`],
    [
      preflight(APP, 'DELETE', 'x-three,x-two'),
      `DELETE /users/1 from ${APP}: add "DELETE" to methods and "x-three", "x-two" to requestHeaders`,
    ],
    [actual('null'), 'null: a page without an origin sends null, which every site can; serve the page from a server'],
  ])('prints one line with the edit', (request, expected) => {
    expect(linesOf(request)).toEqual([expect.stringContaining('corsmith: blocked in the browser: ')])
    expect(linesOf(request)[0]).toContain(expected)
  })

  it('names an edit that allows the request', () => {
    const edited = { origins: [APP, STRANGER], methods: ['PUT', 'DELETE'], requestHeaders: ['X-One', 'x-two'] } as const
    const codes: unknown[] = []
    const policy = observe(edited, { onDecision: ({ code }) => codes.push(code) })
    for (const request of [actual(STRANGER), preflight(APP, 'DELETE', 'x-two')]) policy.entries(request)
    expect(codes).toEqual([null, null])
  })

  it('prints each distinct refusal once, and nothing about what is shared', () => {
    expect(linesOf(actual(STRANGER), actual(STRANGER), actual(APP), actual('https://other.example'))).toHaveLength(2)
  })
})

describe('jsonLog()', () => {
  it('writes at most so many lines a minute, and says how many it dropped', () => {
    const lines: string[] = []
    let time = 1_000_000
    const policy = observe(POLICY, jsonLog({ print: (line) => lines.push(line), perMinute: 2, now: () => time }))
    const refuse = (times: number) => {
      for (let i = 0; i < times; i++) policy.entries(actual(STRANGER))
    }
    refuse(5)
    time += 60_000
    refuse(1)
    const read = lines.map((line) => JSON.parse(line))
    expect(read.map(({ dropped }) => dropped)).toEqual([0, 0, 3])
    expect(read[0]).toMatchObject({
      event: 'cors.refused',
      time: '1970-01-01T00:16:40.000Z',
      code: 'origin-not-allowed',
      origin: STRANGER,
      path: '/users/1',
    })
  })

  it.each([0, 1.5, Number.NaN])('refuses perMinute: %s', (perMinute) => {
    expect(() => jsonLog({ perMinute })).toThrow('perMinute is a whole number from 1')
  })
})

describe('openTelemetry()', () => {
  it('counts by closed lists, and describes the active span, in the real SDK', async () => {
    const reader = new PeriodicExportingMetricReader({
      exporter: new InMemoryMetricExporter(0),
      exportIntervalMillis: 3_600_000,
    })
    const meters = new MeterProvider({ readers: [reader] })
    const spans = new NodeTracerProvider()
    api.metrics.setGlobalMeterProvider(meters)
    spans.register()
    onTestFinished(async () => {
      api.metrics.disable()
      api.trace.disable()
      api.context.disable()
      await Promise.all([meters.shutdown(), spans.shutdown()])
    })
    const policy = observe(POLICY, openTelemetry(api))
    const span = spans.getTracer('test').startSpan('request') as api.Span & { attributes: object }
    api.context.with(api.trace.setSpan(api.context.active(), span), () => {
      for (const request of [actual(APP), actual(APP), preflight(APP, 'DELETE', 'x-two')]) policy.entries(request)
    })
    const { resourceMetrics } = await reader.collect()
    const points = resourceMetrics.scopeMetrics[0]?.metrics[0]?.dataPoints
    expect(points?.map(({ attributes, value }) => [attributes, value])).toEqual([
      [{ 'corsmith.kind': 'cors', 'corsmith.shared': true }, 2],
      [{ 'corsmith.kind': 'preflight', 'corsmith.shared': false, 'corsmith.code': 'method-not-permitted' }, 1],
    ])
    expect(span.attributes).toMatchObject({
      'corsmith.origin': APP,
      'corsmith.missing.method': 'DELETE',
      'corsmith.missing.headers': ['x-two'],
    })
  })
})

describe('on Node', () => {
  it('records each request of Express and node:http once, with its path', async () => {
    const seen: string[] = []
    const policy = observe(POLICY, {
      onDecision: ({ method, path, code }) => seen.push(`${method} ${path} ${code}`),
    })
    const middleware = nodeCors(policy)
    const app = express()
    app.use('/api', middleware, (_, res) => void res.json({}))
    const plain: RequestListener = (req, res) => middleware(req, res, () => res.end('hello'))
    for (const listener of [app, plain]) {
      await using server = await listen(listener)
      await send(`${server.origin}/api/users?token=1`, { headers: { Origin: STRANGER } })
      await send(`${server.origin}/api/users`, {
        method: 'OPTIONS',
        headers: { Origin: APP, 'Access-Control-Request-Method': 'DELETE' },
      })
    }
    const each = ['GET /api/users origin-not-allowed', 'DELETE /api/users method-not-permitted']
    expect(seen).toEqual([...each, ...each])
  })
})
