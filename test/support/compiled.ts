// A policy as `corsmith compile js` compiles it, made in this process: the text is written, and run with the runtime's sources.
import { type CompiledModule, emitModule } from '../../src/build/emit.ts'
import type { Cors, CorsPolicy } from '../../src/index.ts'
import * as runtime from '../../src/runtime.ts'

/** What a compiled module exports. */
export interface Compiled {
  readonly cors: Cors
  readonly answers: runtime.Answering
  readonly wrap: Cors['wrap']
}

/** Compiles a policy and runs the module. A predicate comes from the policy, as from an import. */
export function compiledOf(policy: CorsPolicy): Compiled {
  const { code } = emitModule(policy, { predicate: { statement: '', expression: 'source' } })
  return evaluate({ code }, policy)
}

/** {@link compiledOf}, with the shape of `createCors`. */
export function createCompiledCors(policy: CorsPolicy): Cors {
  return compiledOf(policy).cors
}

/** Runs a compiled module, without a loader of modules. */
export function evaluate({ code }: Pick<CompiledModule, 'code'>, source: unknown = null): Compiled {
  const body = code
    .replace(/^import (\{.*?\}) from '.*?'$/ms, 'const $1 = runtime')
    .replaceAll(/^export const/gm, 'const')
  return new Function('runtime', 'source', `"use strict";${body}\nreturn { cors, answers, wrap }`)(runtime, source)
}
