// Whole configurations, as they are printed: each starts its server, which stands in front of an API.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compile } from '../../../src/targets.ts'
import type { Stage } from '../../diagnose/stage.ts'
import { describeWith } from '../../support/component.ts'
import { launchKept } from '../../support/launched.ts'
import { freePorts, listening } from './farm.ts'
import { askRows, ROW_POLICY } from './rows.ts'
import { SERVERS } from './servers.ts'
import { wrongApi } from './wrong-api.ts'

const WORDS = {
  nginx: (file: string, folder: string) => [
    '-p',
    folder,
    '-c',
    file,
    '-e',
    'stderr',
    '-g',
    `daemon off; pid ${folder}/pid;`,
  ],
  apache: (file: string) => ['-X', '-f', file],
  caddy: (file: string) => ['run', '--adapter', 'caddyfile', '--config', file],
  haproxy: (file: string) => ['-f', file, '-db'],
  varnish: (file: string, folder: string, listen: string) => [
    '-F',
    '-n',
    join(folder, 'work'),
    '-f',
    file,
    '-a',
    listen,
  ],
  envoy: (file: string) => ['-c', file, '--use-dynamic-base-id', '--log-level', 'error', '--concurrency', '1'],
} as const

let api: Stage
beforeAll(async () => {
  api = await wrongApi()
})
afterAll(() => api.close())

/** Rows about paths that only the configurations of the tests have. */
const ELSEWHERE = ['a page reads the error of an API that is down', 'a page reads the refusal of a login']

for (const { target, program } of SERVERS) {
  describeWith([program], `the whole configuration of ${target}`, () => {
    it('starts the server, which passes every row', { timeout: 60_000 }, async () => {
      const folder = mkdtempSync(join(tmpdir(), `corsmith-whole-${target}-`))
      const [port] = await freePorts(1)
      const listen = `127.0.0.1:${port}`
      const [file] = compile(ROW_POLICY, target, { upstream: api.origin, listen }).files
      const path = join(folder, file?.path ?? '')
      chmodSync(folder, 0o755)
      writeFileSync(path, file?.text ?? '')
      const command = launchKept(program.file, WORDS[target](path, folder, listen))
      try {
        await listening(command, `http://${listen}/`, file?.text ?? '')
        const rows = await askRows(`http://${listen}`, false)
        expect([...rows].filter(([name, faults]) => faults.length > 0 && !ELSEWHERE.includes(name))).toEqual([])
      } finally {
        await command.close()
        rmSync(folder, { recursive: true, force: true })
      }
    })
  })
}
