// The apps under test import what would be published: the tarball of `npm pack`, unpacked beside them. Nothing is downloaded.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareCompiled } from './compiled.ts'
import { ROOT } from './paths.ts'
import { run } from './process.ts'

/**
 * Makes the folder that the servers run in. It lies inside the repository, so that frameworks are found in its `node_modules`,
 * and is a package of its own, so that `corsmith` is the unpacked tarball and not the repository.
 */
export async function prepare(): Promise<string> {
  const work = join(ROOT, 'test', '.runtimes')
  await unpackInto(work)
  for (const folder of ['test/conformance', 'test/runtimes/apps', 'examples']) {
    await cp(join(ROOT, folder), join(work, folder), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    })
  }
  await prepareCompiled(work)
  return work
}

/** Makes an empty package whose only dependency is the tarball. */
export async function unpackInto(work: string): Promise<void> {
  const unpacked = join(work, 'node_modules', 'corsmith')
  await rm(work, { recursive: true, force: true })
  await mkdir(unpacked, { recursive: true })
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', work], ROOT)
  const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack made no tarball')
  await run('tar', ['-xzf', join(work, tarball), '-C', unpacked, '--strip-components=1'], ROOT)
  await writeFile(
    join(work, 'package.json'),
    JSON.stringify({ name: 'apps-under-test', private: true, type: 'module' }),
  )
}
