// Everything that a new target owes. Each place below says which targets it lacks, so this test names every missing piece.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTarget, rowOf, TARGET_NAMES, type TargetName } from '../../src/targets/table.ts'
import { compileText } from '../../src/targets.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

function textsBelow(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'))
    .map((name) => read(join(folder, name)))
    .join('\n')
}

const PAGE = read('docs/targets.md')
const REAL = textsBelow('test/targets/real')
const RUNTIMES = textsBelow('test/runtimes')

/** Whether the text runs in a test as it is: pasted into the real thing, or as the adapter that it imports. */
function isRun(target: TargetName): boolean {
  if (new RegExp(String.raw`(?:provesAll\(\s*|target: |\[\s*)'${target}'`).test(REAL)) return true
  const [, adapter] =
    /from '(corsmith\/[\w-]+)'/.exec(compileText({ origins: ['https://app.example.com'] }, target)) ?? []
  return rowOf(target).by === 'corsmith' && adapter !== undefined && RUNTIMES.includes(`'${adapter}'`)
}

/** What a target lacks. */
function missing(target: TargetName): readonly string[] {
  if (!isTarget(target)) return ['a row in src/targets/table.ts']
  const row = rowOf(target)
  const text = compileText({ origins: ['https://app.example.com'] }, target)
  return [
    ...(new RegExp(`\\| \`${target}\` +\\|`).test(PAGE) ? [] : ['a line in docs/targets.md']),
    ...(/from 'corsmith\//.test(text) && row.install == null ? ['the command that installs corsmith'] : []),
    ...(row.where.endsWith('.') ? [] : ['a sentence that says where the text goes']),
    ...(row.removes.endsWith('.') ? [] : ['a sentence that says what has to go']),
    ...(text.includes('Where: ') ? [] : ['a head']),
    ...(row.proof === 'run' && !isRun(target)
      ? ['a test below test/targets/real that pastes it into the real thing']
      : []),
    ...(row.proof === 'schema' && !text.includes('follows what is published')
      ? ['the remark that no test runs it']
      : []),
    ...(row.proof === 'schema' && isRun(target) ? ["the proof 'run': a test pastes it"] : []),
  ]
}

describe('a target', () => {
  it.each(TARGET_NAMES)('%s has everything that a target owes', (target) => {
    expect(missing(target)).toEqual([])
  })

  it('without a row lacks the row', () => {
    expect(missing('planted' as TargetName)).toEqual(['a row in src/targets/table.ts'])
  })
})
