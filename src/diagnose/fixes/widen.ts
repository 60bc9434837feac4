import { checkPolicy } from '../../policy/check.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import type { Diagnosis } from '../diagnosis.ts'
import { isHidden } from '../findings/exposure.ts'

type Draft = { -readonly [K in keyof CorsPolicy]: CorsPolicy[K] }

/**
 * Adds to a policy what a page's request lacks, and nothing else. Null where adding does not help.
 */
export function policyFor(policy: CorsPolicy, diagnosis: Diagnosis): CorsPolicy | null {
  const draft: Draft = { ...policy }
  const failures = [diagnosis.failure, ...diagnosis.next].filter((failure) => failure !== null)
  for (const { code, value } of failures) {
    switch (code) {
      case 'allow-origin-missing':
      case 'allow-origin-mismatch':
      case 'preflight-status':
        if (!Array.isArray(draft.origins) || diagnosis.call.origin === 'null') return null
        draft.origins = [...new Set([...(draft.origins as readonly string[]), diagnosis.call.origin])]
        break
      case 'allow-origin-wildcard':
        draft.origins = [diagnosis.call.origin]
        draft.credentials = true
        break
      case 'allow-credentials':
        draft.credentials = true
        break
      case 'method-not-allowed':
        draft.methods = [...asList(draft.methods), value]
        break
      case 'header-not-allowed':
        draft.requestHeaders = [...asList(draft.requestHeaders), spelled(diagnosis, value)]
        break
      default:
        return null
    }
  }
  const hidden = diagnosis.failure === null ? diagnosis.call.reads.filter(isHiddenIn(diagnosis)) : diagnosis.call.reads
  if (failures.length === 0 && hidden.length === 0) return null
  if (hidden.length > 0) draft.exposedHeaders = [...new Set([...asList(draft.exposedHeaders), ...hidden])]
  return checkPolicy(draft).some(({ severity }) => severity === 'error') ? null : draft
}

function isHiddenIn(diagnosis: Diagnosis): (name: string) => boolean {
  return (name) => isHidden(diagnosis, name.toLowerCase())
}

function asList(value: '*' | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : value === '*' ? ['*'] : value
}

function spelled(diagnosis: Diagnosis, name: string): string {
  return diagnosis.call.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[0] ?? name
}
