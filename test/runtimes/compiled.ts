// The applications under test once more, with every policy compiled: the same files, but for what they import.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { POLICIES } from '../conformance/policies.ts'
import { ROOT } from './paths.ts'
import { run } from './process.ts'

/** The folder of the copies, beside that of the applications. */
export const FOLDER = 'compiled'

/** The policy that `perRequest` gives. The application of checked policies has the same. */
const TENANT = { origins: ['https://a.example'], methods: ['PUT'], exposedHeaders: ['X-Amz-Meta-*'] }

/** Adapters that ask for more than `answers`. */
const WHOLE = /from 'corsmith\/(?:node|koa|fastify)'/

/**
 * Compiles the policies with the command of the packed package, and copies the applications so that
 * they import them, and the adapters of `corsmith/runtime`.
 */
export async function prepareCompiled(work: string): Promise<void> {
  const folder = join(work, 'test/runtimes', FOLDER)
  await mkdir(folder, { recursive: true })
  const names = [...Object.keys(POLICIES), 'tenant']
  await Promise.all(
    names.map(async (name) => {
      const policy = join(folder, `${name}.json`)
      await writeFile(policy, JSON.stringify({ ...POLICIES, tenant: TENANT }[name]))
      const command = join(work, 'node_modules/corsmith/dist/src/cli.js')
      await run(process.execPath, [command, 'compile', 'js', policy, '-o', join(folder, `${name}.js`)], work)
    }),
  )
  const exported: readonly string[] = (await readdir(join(ROOT, 'adapters/runtime'))).map((file) => file.slice(0, -3))
  const apps = join(ROOT, 'test/runtimes/apps')
  for (const file of (await readdir(apps)).filter((name) => name.endsWith('.ts'))) {
    const text = await readFile(join(apps, file), 'utf8')
    await writeFile(
      join(folder, file),
      file === 'sources.ts' ? sourcesFor(names, 'answers') : rewritten(text, exported),
    )
  }
  await writeFile(join(folder, 'whole.ts'), sourcesFor(names, 'cors'))
}

function rewritten(text: string, exported: readonly string[]): string {
  return text
    .replace("'./sources.ts'", WHOLE.test(text) ? "'./whole.ts'" : "'./sources.ts'")
    .replaceAll(/from 'corsmith\/([\w-]+)'/g, (whole, name: string) =>
      exported.includes(name) ? `from 'corsmith/runtime/${name}'` : whole,
    )
    .replace("import { createCors } from 'corsmith'", "import { cors as std } from './std.js'")
    .replace('createCors(POLICIES.std)', 'std')
}

/** Writes the module that gives each application its policies. */
function sourcesFor(names: readonly string[], part: 'answers' | 'cors'): string {
  const listed = names.filter((name) => name !== 'tenant')
  return [
    ...listed.map((name) => `import { ${part} as ${name} } from './${name}.js'`),
    "import { cors as tenant } from './tenant.js'",
    "import { perRequest } from 'corsmith/runtime'",
    'const tenants = perRequest(',
    '  async (request: Request) => {',
    '    const { pathname } = new URL(request.url)',
    '    await Promise.resolve()',
    "    if (pathname.includes('/unavailable')) throw new Error('the tenants cannot be read')",
    "    return pathname.includes('/tenant/') ? tenant : null",
    '  },',
    '  { onError: () => {} },',
    ')',
    `const ready: Record<string, unknown> = { ${listed.join(', ')}, tenant: tenants }`,
    'export const sourceOf = (name: string): unknown => ready[name]',
    '',
  ].join('\n')
}
