import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives a run one folder for what its tests write to the folder of the system, and removes it when
 * the run ends. vitest calls this as its global setup.
 */
export default function keepTogether(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-tests-'))
  // nginx, Varnish and PostgreSQL work as users of their own, and pass through it.
  chmodSync(folder, 0o711)
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  return () => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}
