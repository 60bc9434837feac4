/** What importing corsmith and compiling a policy of ten origins adds to a fresh process, in processor time, and what it touches while it does. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeCompiledApps } from './compiled-apps.ts'
import { bundleEntry, commandOf } from './runtimes.ts'
import { byName, median } from './statistics.ts'

const execute = promisify(execFile)
const IMPORTS = 5
const COMPILATIONS = 3
const POLICY = `{ origins: ${JSON.stringify(Array.from({ length: 10 }, (_, i) => `https://tenant-${i}.example.com`))} }`

/** Modules that are compared, each with a `createCors`. */
const MODULES: Readonly<Record<string, string>> = {
  'empty module': '',
  corsmith: "export { createCors } from '../../src/index.ts'",
  'hono/cors': "export { cors as createCors } from 'hono/cors'",
}

const TIMED = (file: string, use = '') => `
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
const start = cpu()
const { createCors } = await import(${JSON.stringify(file)})
${use}
console.log(cpu() - start)`

/** Counts looks at the globals of fetch until the first request, and calls of any RegExp on the request path. */
const COUNTED = `
let touched = 0
let matched = 0
for (const name of ['fetch', 'Headers', 'Request', 'Response']) {
  const { get, value } = Object.getOwnPropertyDescriptor(globalThis, name)
  Object.defineProperty(globalThis, name, { configurable: true, get() { touched++; return get ? get.call(globalThis) : value } })
}
const { createCors } = await import('./corsmith.mjs')
const listed = createCors(${POLICY})
const below = createCors({ origins: ['https://*.example.com'], requestHeaders: ['X-*'], exposedHeaders: ['X-*'], credentials: true })
const before = touched
const { exec } = RegExp.prototype
RegExp.prototype.exec = function (text) { matched++; return exec.call(this, text) }
for (const cors of [listed, below]) {
  for (const origin of ['https://tenant-9.example.com', 'https://stranger.test', 'null', 'x'.repeat(16384), null]) {
    for (const method of ['GET', 'OPTIONS']) {
      const fields = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a,x-b' }
      const request = { method, headers: { get: (name) => fields[name] ?? null } }
      cors.decide(request)
      cors.entries(request, ['x-a', 'etag'])
    }
  }
}
console.log(JSON.stringify({ 'fetch globals touched': before, 'calls of a RegExp': matched }))`

export async function measureStartup(runtime: string): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-bench-'))
  const print = async (code: string) => {
    const [command = '', ...args] = commandOf(runtime)
    const flags = runtime.startsWith('node') ? ['--expose-gc'] : []
    writeFileSync(join(folder, 'main.mjs'), code)
    return (await execute(command, [...args, ...flags, join(folder, 'main.mjs')])).stdout.trim()
  }
  try {
    const codes: Record<string, string> = {}
    for (const [name, code] of Object.entries(MODULES)) {
      const bundled = code === '' ? 'export const createCors = () => undefined' : await bundleEntry(code)
      const file = join(folder, `${name.replaceAll(/\W/g, '-')}.mjs`)
      writeFileSync(file, bundled)
      codes[name] = TIMED(file, `createCors(${POLICY})`)
    }
    // Deno finds no package by its name without a configuration.
    if (runtime !== 'deno') {
      const { compiled, sameClass, checked } = writeCompiledApps(folder)
      codes['the package, compiled'] = TIMED(compiled)
      codes['an empty module of the same size class'] = TIMED(sameClass)
      codes['the package, with its checks'] = TIMED(checked)
    }
    const times = new Map(Object.keys(codes).map((name) => [name, [] as number[]]))
    for (let i = 0; i < IMPORTS; i++) {
      for (const [name, list] of times) list.push(Number(await print(codes[name] ?? '')))
    }
    const compiled: Record<string, number>[] = []
    const compiling = await bundleEntry(
      "import { measureCompiling } from './suites/startup.ts'\nconsole.log(JSON.stringify(measureCompiling()))",
    )
    while (compiled.length < COMPILATIONS) compiled.push(JSON.parse(await print(compiling)))
    return {
      ...Object.fromEntries([...times].map(([name, list]) => [`${name}, ms`, median(list)])),
      ...byName(compiled, median),
      ...JSON.parse(await print(COUNTED)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
