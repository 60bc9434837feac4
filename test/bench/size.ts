/** What an application carries: bytes of brotli, of each surface. */
import { bytesOf, withoutSentences } from '../support/bytes.ts'

const CORE = "export { createCors } from './src/index.ts'"

/** What each adapter exports beside its policy. */
const ADAPTERS: Readonly<Record<string, string>> = {
  hono: 'cors',
  workers: 'withCors',
  deno: 'withCors',
  bun: 'withCors',
  next: 'withCors',
  node: 'cors',
  h3: 'cors',
  elysia: 'cors',
}

export async function measureSizes(): Promise<Record<string, number>> {
  const core = await bytesOf(CORE)
  const sizes: Record<string, number> = {
    'createCors, sentences stubbed': await bytesOf(CORE, [withoutSentences]),
    createCors: core,
    'corsmith complete': await bytesOf("export * from './src/index.ts'"),
    'the engine without checks': await bytesOf("export { createEngine } from './src/server/engine.ts'"),
  }
  for (const [adapter, name] of Object.entries(ADAPTERS)) {
    const both = await bytesOf(`${CORE}; export { ${name} } from './adapters/${adapter}.ts'`)
    sizes[`corsmith/${adapter} ${name}, beyond createCors`] = both - core
  }
  sizes['corsmith/workers createEdgeProxy, beyond createCors'] =
    (await bytesOf(`${CORE}; export { createEdgeProxy } from './adapters/workers.ts'`)) - core
  return sizes
}
