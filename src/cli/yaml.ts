/// <reference types="node" />
import { readJson, readText } from './files.ts'
import { UsageError } from './io.ts'

/** Tells whether a file name says YAML. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path)
}

/** The library is an optional peer: only users of YAML files install it. */
async function loadYaml(path: string) {
  try {
    return await import('yaml')
  } catch {
    throw new UsageError(`${path}: YAML needs the package yaml: npm install yaml`)
  }
}

/**
 * Reads the documents of a YAML file. Aliases may not make it larger than a hundred times.
 *
 * @throws {UsageError} for a file that is not YAML, and without the library
 */
export async function readYamlDocuments(path: string): Promise<readonly unknown[]> {
  const { parseAllDocuments } = await loadYaml(path)
  const documents = [...parseAllDocuments(readText(path), { logLevel: 'silent' })]
  return documents.map((document) => {
    const [error] = document.errors
    if (error !== undefined) {
      const line = error.linePos?.[0].line
      throw new UsageError(`${path} is not YAML${line === undefined ? '' : `: line ${line}`}`)
    }
    try {
      return document.toJS({ maxAliasCount: 100 })
    } catch {
      throw new UsageError(`${path}: its aliases make it too large`)
    }
  })
}

/**
 * Reads a file of data: YAML where its name says so, and JSON otherwise.
 *
 * @throws {UsageError} for a file that is neither, and for several documents in one file
 */
export async function readData(path: string): Promise<unknown> {
  if (!isYaml(path)) return readJson(path)
  const documents = await readYamlDocuments(path)
  if (documents.length > 1) throw new UsageError(`${path} holds ${documents.length} documents: keep one`)
  return documents[0]
}
