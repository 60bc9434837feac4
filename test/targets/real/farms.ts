/** Every target that runs here as itself: its libraries and servers, and how many texts are started at once. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import type { TargetName } from '../../../src/targets.ts'
import type { Component } from '../../support/component.ts'
import { eachAlone, type Open } from './farm.ts'
import { findGo, GO_VERSIONS, openGo } from './go-farm.ts'
import { STARTS } from './node-farms.ts'
import { NEEDS, openPython } from './python-farm.ts'
import { localS3, openS3, S3_VERSION } from './s3-farm.ts'
import { openServer, SERVERS } from './servers.ts'

/** A target, and how it is started. */
export interface ProvenTarget {
  readonly target: TargetName
  readonly needs: readonly Component[]
  readonly open: Open
  /** Whether it stands in front of an API, on another socket. */
  readonly isServer: boolean
  readonly version: () => Promise<string>
}

const run = promisify(execFile)
const require = createRequire(import.meta.url)

/** The first number in what a program says of itself. */
async function said(file: string, words: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(file, words)
  return /\d+\.\d+(?:\.\d+)?/.exec(stdout + stderr)?.[0] ?? 'unknown'
}

function ofPackage(name: string): () => Promise<string> {
  return async () => {
    const path = require.resolve(name).replace(new RegExp(`(/node_modules/${name}/).*$`), '$1package.json')
    return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
  }
}

function ofPython(distribution: string): () => Promise<string> {
  return async () => {
    const code = `import importlib.metadata; print(importlib.metadata.version('${distribution}'))`
    return said('/usr/bin/python3', ['-c', code])
  }
}

const PACKAGES = { 'express-cors': 'cors', 'fastify-cors': '@fastify/cors' } as const
const PYTHON = { flask: 'Flask-Cors', django: 'django-cors-headers', fastapi: 'starlette' } as const

/** Every target that runs here, in front of an API where it is a server. */
export async function provenTargets(upstream: () => string): Promise<readonly ProvenTarget[]> {
  const servers = SERVERS.map((server) => ({
    target: server.target,
    needs: [server.program],
    open: openServer(server, upstream),
    isServer: true,
    version: () => said(server.program.file, server.version),
  }))
  const packages = Object.entries(PACKAGES).map(([target, name]) => {
    const start = STARTS.find(([each]) => each === target)?.[1]
    if (start === undefined) throw new Error(`nothing starts ${target}`)
    return {
      target: target as keyof typeof PACKAGES,
      needs: [],
      open: eachAlone(start),
      isServer: false,
      version: ofPackage(name),
    }
  })
  const python = (Object.keys(PYTHON) as (keyof typeof PYTHON)[]).map((target) => ({
    target,
    needs: NEEDS[target],
    open: openPython(target),
    isServer: false,
    version: ofPython(PYTHON[target]),
  }))
  const go = await Promise.all(
    (['rs-cors', 'gin', 'go'] as const).map(async (target) => ({
      target,
      needs: [await findGo(target)],
      open: openGo(target),
      isServer: false,
      version: async () => GO_VERSIONS[target].slice(1),
    })),
  )
  const s3 = {
    target: 's3' as const,
    needs: [localS3],
    open: openS3,
    isServer: false,
    version: async () => `LocalStack ${await said(localS3.file, S3_VERSION)}`,
  }
  return [...servers, ...packages, ...python, ...go, s3]
}
