import type { Observer } from './observe.ts'

/** The part of `@opentelemetry/api` that is used. The module itself has it. */
export interface OpenTelemetryApi {
  readonly metrics: {
    getMeter(name: string): {
      createCounter(
        name: string,
        options?: { description?: string; unit?: string },
      ): { add(value: number, attributes?: Record<string, string | boolean>): void }
    }
  }
  readonly trace: {
    getActiveSpan(): { setAttributes(attributes: Record<string, string | boolean | string[]>): unknown } | undefined
  }
}

/**
 * Counts decisions and describes them on the active span, with OpenTelemetry.
 *
 * The counter `corsmith.requests` has the attributes `corsmith.kind` (`preflight` or `cors`),
 * `corsmith.shared` and, for a blocked request, `corsmith.code`. Their values come from closed
 * lists, so a client cannot make new time series. The span gets the same, and also
 * `corsmith.origin`, `corsmith.rule`, `corsmith.policy`, `corsmith.tenant`,
 * `corsmith.missing.method` and `corsmith.missing.headers`.
 *
 * @param api the module `@opentelemetry/api`
 * @returns an observer for `observe`
 *
 * @example
 * ```ts
 * import * as api from '@opentelemetry/api'
 * import { observe, openTelemetry } from 'corsmith/log'
 *
 * export const policy = observe({ origins: ['https://app.example.com'] }, openTelemetry(api))
 * ```
 */
export function openTelemetry(api: OpenTelemetryApi): Observer {
  const counter = api.metrics.getMeter('corsmith').createCounter('corsmith.requests', {
    description: 'CORS requests, by what the policy decided',
    unit: '{request}',
  })
  return {
    onDecision({ kind, code, origin, rule, policy, tenant, missing }) {
      const attributes = {
        'corsmith.kind': kind,
        'corsmith.shared': code === null,
        ...(code === null ? {} : { 'corsmith.code': code }),
      }
      counter.add(1, attributes)
      api.trace.getActiveSpan()?.setAttributes({
        ...attributes,
        'corsmith.origin': origin,
        ...(rule === null ? {} : { 'corsmith.rule': rule }),
        ...(policy === null ? {} : { 'corsmith.policy': policy }),
        ...(tenant === null ? {} : { 'corsmith.tenant': tenant }),
        ...(missing.method === null ? {} : { 'corsmith.missing.method': missing.method }),
        ...(missing.headers.length === 0 ? {} : { 'corsmith.missing.headers': [...missing.headers] }),
      })
    },
  }
}
