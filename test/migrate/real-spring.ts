// Spring's own CorsFilter behind a way to ask many requests of one option set. It needs Java 17 and Maven.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PeerOptions } from '../../src/migrate/meaning.ts'
import { type AskedRequest, fieldsOf, type GivenAnswer } from '../../src/migrate/wire.ts'
import type { Real } from './real.ts'

const FOLDER = join(import.meta.dirname, 'spring')
const JARS = join(tmpdir(), 'corsmith-spring-peers')
const [SET, ENTRY, PART] = ['\u001e', '\t', '\u001f']

/** Fetches the archives once, with Maven. */
function hasSpring(): boolean {
  const isThere = () => existsSync(join(JARS, 'spring-context-6.2.12.jar'))
  if (isThere() || process.env.MIGRATE_INSTALL === undefined) return isThere()
  try {
    const words = [
      '-q',
      '-B',
      '-f',
      join(FOLDER, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${JARS}`,
    ]
    execFileSync('mvn', words, { stdio: 'ignore' })
  } catch {}
  return isThere()
}

const setOf = (options: PeerOptions, requests: readonly AskedRequest[]) => {
  const given = Object.entries(options).map(([name, value]) => [name, ...[value].flat().map(String)].join(PART))
  const asked = requests.map((request) => [request.method, ...Object.entries(fieldsOf(request)).flat()].join(PART))
  return given.join(ENTRY) + SET + asked.join(ENTRY)
}

function answerOf(text: string): GivenAnswer {
  const [status, ...rest] = text.split(PART)
  const lines = rest.flatMap((name, i) => (i % 2 === 0 ? [[name, rest[i + 1] ?? ''] as const] : []))
  const isReached = lines.some(([name]) => name === 'X-Reached')
  return { status: Number(status), headers: lines.filter(([name]) => /^(access-control-|vary)/i.test(name)), isReached }
}

/** Starts Spring; null where it cannot run here. */
export function startSpring(): Real | null {
  if (!hasSpring()) return null
  const child: ChildProcess = spawn('java', ['-cp', join(JARS, '*'), join(FOLDER, 'Peer.java')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  return {
    async askAll(batch) {
      const results: (GivenAnswer[] | string)[] = []
      for (const { options, requests } of batch) {
        child.stdin?.write(`${setOf(options, requests)}\n`)
        const { value, done } = await lines.next()
        if (done) throw new Error('spring ended')
        const text = String(value)
        results.push(text.startsWith('-') ? text.slice(1) : text.slice(1).split(ENTRY).filter(Boolean).map(answerOf))
      }
      return results
    },
    async [Symbol.asyncDispose]() {
      child.kill()
    },
  }
}
