/** Buckets of a local S3 with printed rules in them, many in one process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchKept } from '../../support/launched.ts'
import { findServer } from '../../support/programs.ts'
import { type Farm, freePorts, listening, type Open } from './farm.ts'

const PROGRAM = 'corsmith-s3-python'

/** LocalStack, which evaluates the rules of a bucket as S3 does. */
export const localS3 = await findServer(
  'LocalStack',
  PROGRAM,
  ['-c', "import importlib.metadata; assert importlib.metadata.version('localstack-core') == '4.9.2'"],
  'pip install localstack-core[base-runtime]==4.9.2 cbor2==5.8.0 into a folder of its own, as .ci/run does',
)

/** The words that make it say its version. */
export const S3_VERSION = ['-c', "import importlib.metadata; print(importlib.metadata.version('localstack-core'))"]

/** Puts texts as the rules of buckets. */
export const openS3: Open = async (texts): Promise<Farm> => {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-s3-'))
  const [gate = 0, ...ports] = await freePorts(texts.length + 1)
  writeFileSync(join(folder, 'spots.json'), JSON.stringify(texts.map((text, i) => [ports[i], text])))
  const script = join(import.meta.dirname, 's3.py')
  const command = launchKept(localS3.file, [script, join(folder, 'spots.json'), String(gate)])
  const origins = ports.map((port) => `http://127.0.0.1:${port}`)
  for (const origin of [origins[0], origins.at(-1)]) await listening(command, `${origin}/x`, texts.join('\n'))
  return {
    origins,
    close: async () => {
      await command.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
