/** Package managers and runtimes: each installs the tarball its own way, and runs the program. */
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../runtimes/paths.ts'
import { type Cell, expectDone, type Group } from './cell.ts'
import { ENTRIES, imported, required } from './programs.ts'
import { NODE, project, tool } from './tools.ts'

const VERSIONS = { pnpm: '12.21.0', '@yarnpkg/cli-dist': '4.18.1', bun: '1.4.5', deno: '2.9.6' } as const
/** What needs the optional peer is left out here: it would have to be downloaded by each manager. */
const WITHOUT_PEERS = ENTRIES.filter((name) => name !== 'corsmith/strict')
const PROGRAM: string = imported('console.log(text)', WITHOUT_PEERS)
const DENO = ['deno', 'run', '--no-prompt', '--cached-only', '--no-check', '--allow-all'] as const

/** A project that depends on the tarball. */
const dependent = (folder: string, name: string, files: Readonly<Record<string, string>>) =>
  project(folder, name, {
    'package.json': JSON.stringify({
      name: 'app',
      private: true,
      type: 'module',
      dependencies: { corsmith: `file:${join(folder, 'corsmith.tgz')}` },
    }),
    'program.js': PROGRAM,
    ...files,
  })

const pnpm: Cell = {
  tool: 'pnpm',
  version: VERSIONS.pnpm,
  use: 'install, then import',
  async run(folder) {
    const own = await dependent(folder, 'pnpm', {})
    await tool(folder, own, ['pnpm', 'install', '--offline', '--no-frozen-lockfile'])
    expectDone(await tool(folder, own, [NODE, 'program.js']))
  },
}

const yarn: Cell = {
  tool: 'Yarn',
  version: VERSIONS['@yarnpkg/cli-dist'],
  use: "Plug'n'Play, import and require",
  async run(folder) {
    const settings =
      'nodeLinker: pnp\nenableTelemetry: false\nenableGlobalCache: false\nenableImmutableInstalls: false\n'
    const files = {
      '.yarnrc.yml': settings,
      'yarn.lock': '',
      'program.cjs': required().replace(/.*corsmith\/strict.*\n/, ''),
    }
    const own = await dependent(folder, 'yarn', { ...files, 'program.cjs': requiredWithoutPeers() })
    const bin = join(folder, 'node_modules', '@yarnpkg', 'cli-dist', 'bin', 'yarn.js')
    await tool(folder, own, [NODE, bin, 'install'])
    for (const file of ['program.js', 'program.cjs']) expectDone(await tool(folder, own, [NODE, bin, 'node', file]))
  },
}

/** The strict entry and its place in the table are taken out. */
function requiredWithoutPeers(): string {
  const i = ENTRIES.indexOf('corsmith/strict')
  return required()
    .replace(`const entry${i} = require("corsmith/strict")\n`, '')
    .replace(`"corsmith/strict": entry${i}`, `"corsmith/strict": [1]`)
}

const bun: Cell = {
  tool: 'Bun',
  version: VERSIONS.bun,
  use: 'install, then import and require',
  async run(folder) {
    const own = await dependent(folder, 'bun', { 'program.cjs': requiredWithoutPeers() })
    await tool(folder, own, ['bun', 'install', '--no-save'])
    for (const file of ['program.js', 'program.cjs']) expectDone(await tool(folder, own, ['bun', 'run', file]))
  },
}

const denoNpm: Cell = {
  tool: 'Deno',
  version: VERSIONS.deno,
  use: 'npm: specifier',
  async run(folder) {
    const program = PROGRAM.replaceAll(/from "corsmith/g, 'from "npm:corsmith@*')
    const own = await dependent(folder, 'deno-npm', {
      'deno.json': '{ "nodeModulesDir": "manual" }',
      'npm.js': program,
    })
    await tool(folder, own, ['bun', 'install', '--no-save'])
    for (const file of ['npm.js', 'program.js']) expectDone(await tool(folder, own, [...DENO, file]))
  },
}

/** What JSR would serve: the sources that jsr.json includes, by its exports, as a member of a workspace. */
const denoJsr: Cell = {
  tool: 'Deno',
  version: VERSIONS.deno,
  use: 'as a package of JSR',
  async run(folder) {
    const program = PROGRAM.replaceAll('"corsmith', '"@corsmith/corsmith').replace(
      "all['corsmith']",
      "all['@corsmith/corsmith']",
    )
    const own = await project(folder, 'deno-jsr', {
      'program.js': program,
      'deno.json': '{ "workspace": ["./corsmith"] }',
    })
    const member = join(own, 'corsmith')
    await mkdir(member)
    for (const name of ['src', 'adapters']) await cp(join(ROOT, name), join(member, name), { recursive: true })
    await cp(join(ROOT, 'jsr.json'), join(member, 'deno.json'))
    await writeFile(join(own, 'package.json'), '{}')
    expectDone(await tool(folder, own, [...DENO, 'program.js']))
  },
}

export const managers: Group = {
  name: 'managers',
  packages: VERSIONS,
  cells: [pnpm, yarn, bun, denoNpm, denoJsr],
}
