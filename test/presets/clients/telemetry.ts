// OpenTelemetry and Sentry.
import { setTimeout as delay } from 'node:timers/promises'
import type * as Api from '@opentelemetry/api'
import type * as Core from '@opentelemetry/core'
import type * as Exporter from '@opentelemetry/exporter-trace-otlp-http'
import type * as Fetch from '@opentelemetry/instrumentation-fetch'
import type * as Web from '@opentelemetry/sdk-trace-web'
import type * as Sentry from '@sentry/browser'
import { opentelemetry, sentry } from '../../../src/presets.ts'
import { forBrowsers } from './bundled.ts'
import { API, type ClientRun } from './run-of.ts'

const ok = () => Response.json({ ok: true })

/** A collector that is busy once, and asks to be tried again at once. */
const busyOnce: ClientRun['server'] = () => {
  let calls = 0
  return () => (calls++ === 0 ? new Response(null, { status: 503, headers: { 'Retry-After': '0' } }) : ok())
}

type Otel = typeof Exporter & typeof Fetch & typeof Web & typeof Core & { readonly api: typeof Api }

/** Events that Sentry's client sends of two errors, one after the other, when the first is answered so. */
const twoErrors = (headers: Record<string, string>, status: number): ClientRun => ({
  preset: sentry,
  client: '@sentry/browser',
  does: `obeys ${Object.keys(headers)[0]}`,
  server: () => () => new Response(null, { status, headers }),
  use: async (page) => {
    const client = sentryClient(await freshSentry())
    client.captureException(new Error('first'))
    while (page.outcomes.length === 0) await delay(5)
    await delay(20)
    client.captureException(new Error('second'))
    await client.flush(500)
    await delay(20)
    await client.close(0)
    return page.outcomes.length
  },
})

/** Sentry keeps the first `fetch` that it sees, so each page loads it anew. */
async function freshSentry(): Promise<typeof Sentry> {
  Reflect.deleteProperty(globalThis, '__SENTRY__')
  return forBrowsers<typeof Sentry>('@sentry/browser', true)
}

const sentryClient = ({ BrowserClient, defaultStackParser, makeFetchTransport }: typeof Sentry) => {
  const dsn = 'https://key@api.example.com/1'
  const client = new BrowserClient({
    dsn,
    transport: makeFetchTransport,
    stackParser: defaultStackParser,
    integrations: [],
    sendClientReports: false,
  })
  client.init()
  return client
}

export const runs: readonly ClientRun[] = [
  {
    preset: opentelemetry,
    client: '@opentelemetry/exporter-trace-otlp-http',
    does: 'exports spans to a collector that is busy at first',
    server: busyOnce,
    use: async () => {
      const otel = await forBrowsers<Otel>('./otel.js')
      const start = performance.now()
      const exporter = new otel.OTLPTraceExporter({
        url: `${API}/v1/traces`,
        headers: { 'Content-Type': 'application/json' },
      })
      const provider = new otel.WebTracerProvider({ spanProcessors: [new otel.SimpleSpanProcessor(exporter)] })
      provider.getTracer('t').startSpan('s').end()
      await provider.forceFlush()
      await provider.shutdown()
      return performance.now() - start < 600
    },
  },
  {
    preset: opentelemetry,
    client: '@opentelemetry/instrumentation-fetch',
    does: 'sends the context of a trace to an API, with state and baggage',
    server: () => ok,
    use: async () => {
      const otel = await forBrowsers<Otel>('./otel.js')
      const provider = new otel.WebTracerProvider()
      const propagator = new otel.CompositePropagator({
        propagators: [new otel.W3CTraceContextPropagator(), new otel.W3CBaggagePropagator()],
      })
      const { api } = otel
      const contextManager = new otel.StackContextManager()
      provider.register({ contextManager, propagator })
      const instrumentation = new otel.FetchInstrumentation({
        propagateTraceHeaderCorsUrls: [/.*/],
        ignoreNetworkEvents: true,
      })
      instrumentation.setTracerProvider(provider)
      instrumentation.enable()
      const carrier = {
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        tracestate: 'a=b',
        baggage: 'user=1',
      }
      try {
        const active = api.propagation.extract(api.ROOT_CONTEXT, carrier)
        return await (await api.context.with(active, () => fetch(`${API}/items`))).json()
      } finally {
        instrumentation.disable()
        await provider.shutdown()
      }
    },
  },
  {
    preset: opentelemetry,
    client: '@opentelemetry/instrumentation-fetch',
    does: 'puts the times of the server and its span on the span of the page',
    server: () => () =>
      Response.json(
        { ok: true },
        {
          headers: {
            'Server-Timing': 'db;dur=5',
            traceresponse: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
          },
        },
      ),
    use: async () => {
      const otel = await forBrowsers<Otel>('./otel.js')
      const provider = new otel.WebTracerProvider()
      const read: unknown[] = []
      const instrumentation = new otel.FetchInstrumentation({
        ignoreNetworkEvents: true,
        applyCustomAttributesOnSpan: (_span, _request, answer) => {
          if ('headers' in answer && answer.headers instanceof Headers)
            read.push(answer.headers.get('Server-Timing'), answer.headers.get('traceresponse'))
        },
      })
      instrumentation.setTracerProvider(provider)
      instrumentation.enable()
      try {
        await (await fetch(`${API}/items`)).json()
        for (let i = 0; i < 200 && read.length === 0; i++) await delay(5)
        return read
      } finally {
        instrumentation.disable()
        await provider.shutdown()
      }
    },
  },
  {
    preset: sentry,
    client: '@sentry/browser',
    does: 'sends the trace of a page to an API',
    server: () => ok,
    use: async () => {
      const it = await freshSentry()
      const integrations = [
        it.browserTracingIntegration({
          instrumentPageLoad: false,
          instrumentNavigation: false,
          enableInp: false,
          enableLongTask: false,
        }),
      ]
      it.init({
        dsn: 'https://key@sentry.invalid/1',
        tracesSampleRate: 1,
        tracePropagationTargets: [API],
        propagateTraceparent: true,
        defaultIntegrations: false,
        integrations,
      })
      try {
        return await it.startSpan({ name: 's' }, async () => (await fetch(`${API}/items`)).json())
      } finally {
        await it.close(0)
      }
    },
  },
  twoErrors({ 'X-Sentry-Rate-Limits': '60::organization' }, 200),
  twoErrors({ 'Retry-After': '0.001' }, 429),
]
