import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/cli/main.ts'

/** What a command did. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process. */
export async function corsmith(argv: readonly string[], over: Partial<Io> = {}): Promise<Ran> {
  let out = ''
  let err = ''
  const code = await run(argv, {
    print: (text) => {
      out += `${text}\n`
    },
    warn: (text) => {
      err += text
    },
    env: {},
    isTerminal: false,
    showsProgress: false,
    untilStopped: () => Promise.resolve(),
    ...over,
  })
  return { code, out, err }
}

/** Writes a file into a folder of its own. */
export function file(name: string, content: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'corsmith-')), name)
  writeFileSync(path, content)
  return path
}
