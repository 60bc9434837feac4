// Every set-up that guides show is converted by the command, compared with running it, and shown in the documentation.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PeerOptions } from '../../src/migrate/meaning.ts'
import { migrate, peerNamed } from '../../src/migrate/migrate.ts'
import type { Peer } from '../../src/migrate/peer.ts'
import { nextPeer } from '../../src/migrate/peers/next.ts'
import { type Scenarios, scenariosOf } from '../../src/migrate/scenarios.ts'
import { findOptions, languageOf } from '../../src/migrate/source/calls.ts'
import { answererOf, fieldsOf } from '../../src/migrate/wire.ts'
import type { CorsPolicy } from '../../src/policy/types.ts'
import { corsmith, file } from '../cli/run.ts'
import { describeWith } from '../support/component.ts'
import { startNginx } from '../support/nginx.ts'
import { findNginx } from '../support/programs.ts'
import { send } from '../support/raw-http.ts'
import { SNIPPETS, type Snippet } from './guides.ts'
import { PEERS_PYTHON, pythonWithPeers, startPythonFile } from './real.ts'
import { type AskAll, differences, said } from './written/compare.ts'
import { askerOf } from './written/run.ts'

const DOCS = join(import.meta.dirname, '../../docs')
const textOf = ({ head, code }: Snippet) => (head === '' ? `${code}\n` : `${head}\n\n${code}\n`)
const named = (keep: (snippet: Snippet) => boolean) => SNIPPETS.filter(keep).map((each) => [each.name, each] as const)
const isPython = ({ file: name }: Snippet) => name.endsWith('.py')

/** Compares a set-up that runs with the policy, and gives what the report lacks or invents. */
async function wrongOf(snippet: Snippet, before: AskAll): Promise<readonly string[]> {
  const peer = peerNamed(snippet.from) as Peer
  const [options = {}] = findOptions(textOf(snippet), languageOf(snippet.file) ?? 'javascript', peer.name).flatMap(
    (place) => (place.options === null ? [] : (peer.parts?.(place.options) ?? [place.options])),
  )
  const { policy, changes } = migrate(peer.name, options as PeerOptions)
  const ours = answererOf(policy)
  const scenarios = scenariosOf(peer.read(options as PeerOptions), policy)
  const asked: Scenarios =
    snippet.compares === 'reads' ? { ...scenarios, methods: [], names: [], exposed: [] } : scenarios
  const counts = ({ what, direction }: { what: string; direction: string }) =>
    !what.startsWith('paths that do not match') &&
    (snippet.compares === 'all' || direction !== 'other') &&
    (snippet.compares !== 'reads' || what.startsWith('pages of'))
  const found = (await differences(before, async (requests) => requests.map(ours), asked)).filter(counts).map(said)
  const reported = changes.filter(counts).map(said)
  return [...found.filter((text) => !reported.includes(text)), ...reported.filter((text) => !found.includes(text))]
}

describe('the set-ups of guides', () => {
  it('are twenty, each with a name of its own', () => {
    expect([SNIPPETS.length, new Set(SNIPPETS.map(({ name }) => name)).size]).toEqual([20, 20])
  })

  it.each(named(() => true))('%s: the command converts it', async (_, snippet) => {
    const path = file(snippet.file, textOf(snippet))
    if (snippet.from === 'nginx') {
      const { out } = await corsmith(['import', 'nginx', path])
      expect(JSON.parse(out)).toMatchObject(snippet.policy)
      return
    }
    const { out } = await corsmith(['migrate', '--from', snippet.from, path, '--json'])
    expect(JSON.parse(out).places.map(({ policy }: { policy: unknown }) => policy)).toEqual([snippet.policy])
  })

  it.each(named(() => true))('%s: the documentation shows it', (_, { page, code }) => {
    const shown = readFileSync(join(DOCS, page), 'utf8')
    for (const line of code.split('\n')) expect(shown).toContain(line)
  })

  it.each(named(({ from, file: name }) => from === 'express' || (from === 'next' && name === 'server.js')))(
    '%s: what changes is what the report says',
    async (_, snippet) => {
      const isModule = textOf(snippet).startsWith('import')
      const start = isModule
        ? `import express from 'express'\n${snippet.head}\nconst app = express()\n`
        : `const express = require('express')\n${snippet.head}\nconst app = express()\n`
      const reached = `\napp.use((_req, res) => void res.set('X-Reached', '1').end('reached'))\n`
      const end = isModule ? 'export default app\n' : 'module.exports = app\n'
      const path = snippet.code.includes("'/prices'") ? '/prices' : '/x'
      const before = await askerOf(start + snippet.code + reached + end, isModule ? 'mjs' : 'cjs', path)
      expect(await wrongOf(snippet, before)).toEqual([])
    },
  )

  it.each(named(({ file: name }) => name === 'headers.js'))(
    '%s: what changes is what the report says',
    async (_, snippet) => {
      // A server that sends the lines with each answer.
      const [place] = findOptions(snippet.code, 'javascript', 'next')
      const answer = nextPeer.answerer(place?.options ?? {})
      expect(await wrongOf(snippet, async (requests) => requests.map(answer))).toEqual([])
    },
  )
})

const python = {
  name: PEERS_PYTHON,
  present: pythonWithPeers() !== null,
  cure: 'a virtual environment with test/migrate/peers.txt, as .ci/run makes it',
}

describeWith([python], 'the set-ups of guides in Python', () => {
  it.each(named(isPython))('%s: what changes is what the report says', async (_, snippet) => {
    const routes = ['/x', '/api/x'].map(
      (path) => `@app.route("${path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])`,
    )
    const flask = `from flask import Flask\n${snippet.head}\n\napp = Flask(__name__)\n${snippet.code}\n\n\n${routes.join('\n')}\ndef reached():\n    return "reached", 200, {"X-Reached": "1"}\n`
    const isDjango = snippet.from === 'django'
    const path = snippet.code.includes('/api/') ? '/api/x' : '/x'
    const started = startPythonFile(isDjango ? 'django' : 'flask', isDjango ? textOf(snippet) : flask, path)
    if (started === null) throw new Error('Python is missing')
    try {
      expect(await wrongOf(snippet, (requests) => started.ask(requests))).toEqual([])
    } finally {
      started.stop()
    }
  })
})

const nginx = await findNginx()

describeWith([nginx], 'the set-ups of guides in nginx', () => {
  it.each(named(({ from }) => from === 'nginx'))('%s: pages may do the same with the policy', async (_, snippet) => {
    const server = await startNginx(nginx.file, snippet.code.replace(/proxy_pass [^;]+/, "return 200 'reached'"))
    try {
      const before: AskAll = async (requests) => {
        const answers = []
        for (const request of requests) {
          const given = await send(`${server.url}/api/x`, { method: request.method, headers: fieldsOf(request) })
          answers.push({ status: given.status, headers: given.lines, isReached: true })
        }
        return answers
      }
      const policy = snippet.policy as unknown as CorsPolicy
      const meaning = nextPeer.read({ 'Access-Control-Allow-Origin': String(policy.origins) })
      const ours = answererOf(policy)
      const found = await differences(before, async (requests) => requests.map(ours), scenariosOf(meaning, policy))
      expect(found.filter(({ direction }) => direction !== 'other')).toEqual([])
    } finally {
      await server.close()
    }
  })
})
