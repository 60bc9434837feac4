/// <reference types="node" />
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { UsageError } from './io.ts'

/** The largest file that is read. */
const MAX_FILE = 100 * 1024 * 1024

/**
 * Reads a text file that the command line names.
 *
 * @throws {UsageError} for a file that cannot be read
 */
export function readText(path: string): string {
  const size = sizeOf(path)
  if (size > MAX_FILE) {
    throw new UsageError(
      `${path} is ${Math.round(size / 1024 / 1024)} MB: the limit is ${MAX_FILE / 1024 / 1024} MB; save it without content`,
    )
  }
  try {
    // Some tools begin their exports with a byte order mark. JSON does not allow it.
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UsageError(`${path}: ${reason(error)}`)
  }
}

/**
 * Returns the size of a file, in bytes.
 *
 * @throws {UsageError} for a missing file
 */
export function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch (error) {
    throw new UsageError(`${path}: ${reason(error)}`)
  }
}

/**
 * Reads a JSON file that the command line names.
 *
 * @throws {UsageError} for a file that is not JSON
 */
export function readJson(path: string): unknown {
  const text = readText(path)
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${path} is not JSON`)
  }
}

/**
 * Writes a new file. It never replaces one, also not what a symbolic link names.
 *
 * @throws {UsageError} for a file that exists, and where none can be written
 */
export function writeNewText(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch (error) {
    const isThere = (error as { code?: unknown }).code === 'EEXIST'
    throw new UsageError(
      `${path}: ${isThere ? 'this file exists, and is left as it is: name a new one' : reason(error)}`,
    )
  }
}

function reason(error: unknown): string {
  const code = (error as { code?: unknown }).code
  return code === 'ENOENT'
    ? 'there is no such file or folder'
    : code === 'EISDIR'
      ? 'this is a folder'
      : `cannot be read (${String(code)})`
}
