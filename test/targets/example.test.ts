// The scripts of examples/every-layer, run as they stand on a copy.
import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { corsmith } from '../cli/run.ts'

const ROOT = join(import.meta.dirname, '../..')
const EXAMPLE = join(ROOT, 'examples/every-layer')
const LAYERS = ['nginx/cors.conf', 'gateway-api/cors.yaml', 'envoy/cors.yaml', 's3/cors.json'] as const

let programs: string
beforeAll(() => {
  programs = mkdtempSync(join(tmpdir(), 'corsmith-'))
  const command = join(programs, 'corsmith')
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'src/cli.ts')}' "$@"\n`)
  chmodSync(command, 0o755)
})

/** Copies the example, with a part of a file replaced. */
function copied(name = '', before = '', after = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-'))
  cpSync(EXAMPLE, folder, { recursive: true })
  if (name === '') return folder
  const text = readFileSync(join(folder, name), 'utf8')
  if (!text.includes(before)) throw new Error(`${name} does not hold ${before}`)
  writeFileSync(join(folder, name), text.replaceAll(before, after))
  return folder
}

/** Runs a script of the example in a folder. */
function script(name: string, folder: string): Promise<{ readonly code: number; readonly said: string }> {
  const env = { ...process.env, PATH: programs + delimiter + process.env.PATH, NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile('sh', [name], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    )
  })
}

/** Every file of a folder, by its path. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    found.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')]
    }),
  )
}

describe.skipIf(process.platform === 'win32')('examples/every-layer', () => {
  it('holds what compile.sh writes', async () => {
    const folder = copied()
    for (const layer of LAYERS) writeFileSync(join(folder, layer), '')
    expect(await script('compile.sh', folder)).toMatchObject({ code: 0 })
    const [committed, written] = [filesOf(EXAMPLE), filesOf(folder)]
    for (const layer of LAYERS) expect(committed[layer]).not.toBe('')
    expect(written).toEqual(committed)
  })

  it('is refused by compile.sh with a policy that a layer cannot express', async () => {
    const { code, said } = await script('compile.sh', copied('policy.json', '"ETag"', '"X-Rate-*"'))
    expect([code, said]).toEqual([2, expect.stringContaining('X-Rate-*')])
  })

  it.each(LAYERS)('has no drift in %s', async (layer) => {
    const [policy, text] = [join(EXAMPLE, 'policy.json'), join(EXAMPLE, layer)]
    const { code, out, err } = await corsmith(['diff', text, policy])
    expect([code, out]).toEqual([0, 'both policies mean the same\n'])
    // JSON has no place for a head; the script beside it has one.
    expect(err).toBe(layer === 's3/cors.json' ? '' : `${text} was written from ${policy}\n`)
  })

  it('passes check.sh', async () => {
    const { code, said } = await script('check.sh', copied())
    expect([code, said.match(/^both policies mean the same$/gm)?.length]).toEqual([0, 2 * LAYERS.length])
  })

  it.each([
    ['a layer that was narrowed', 'nginx/cors.conf', ', DELETE"', '"'],
    ['a layer that was widened', 'gateway-api/cors.yaml', '"PUT"', '"PATCH"'],
    ['a policy that allows more than what was compiled', 'policy.json', '["PUT",', '["PATCH", "PUT",'],
  ])('fails check.sh with %s', async (_, name, before, after) => {
    const { code, said } = await script('check.sh', copied(name, before, after))
    expect([code, said]).toEqual([1, expect.stringContaining('the second policy is wider')])
  })
})
