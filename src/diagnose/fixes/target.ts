import type { Can, Fitted } from './can.ts'

/** The name of a target: what `--for` takes, and the places where a fault can be beside them. */
export type Target =
  | 'fetch'
  | 'hono'
  | 'workers'
  | 'next'
  | 'deno'
  | 'bun'
  | 'express'
  | 'fastify'
  | 'koa'
  | 'nestjs'
  | 'socketio'
  | 'node'
  | 'sveltekit'
  | 'astro'
  | 'h3'
  | 'elysia'
  | 'react-router'
  | 'proxy'
  | 'nginx'
  | 'apache'
  | 'caddy'
  | 'haproxy'
  | 'envoy'
  | 'traefik'
  | 'gateway-api'
  | 'ingress-nginx'
  | 'kong'
  | 'iis'
  | 'php'
  | 'flask'
  | 'django'
  | 'fastapi'
  | 'spring'
  | 'rails'
  | 'aspnet'
  | 'laravel'
  | 'go'
  | 's3'
  | 'r2'
  | 'gcs'
  | 'azure-blob'
  | 'cloudfront'
  | 'apigateway'
  | 'lambda-url'
  | 'vercel'
  | 'netlify'
  | 'supabase'
  | 'azure'
  | 'cloudrun'
  | 'cloudflare'
  | 'codespaces'
  | 'waf'
  | 'tunnel'
  | 'gateway'
  | 'server'
  | 'network'
  | 'client'

/** What a text is written in: how it is shown, and how a comment is made in it. */
export type Language =
  | 'ts'
  | 'php'
  | 'java'
  | 'csharp'
  | 'go'
  | 'python'
  | 'ruby'
  | 'nginx'
  | 'apache'
  | 'caddy'
  | 'haproxy'
  | 'yaml'
  | 'sh'
  | 'xml'

interface Named<N extends string> {
  /** What `--for` and `init` take. */
  readonly name: N
  /** What people call it. */
  readonly title: string
}

interface Pasted<N extends string> extends Named<N> {
  readonly kind: 'code' | 'server' | 'cloud'
  readonly language: Language
  /** Where the text goes, in a sentence. */
  readonly where: string
  /** Which other CORS lines have to go, in a sentence: two layers that both speak are as bad as none. */
  readonly removes: string
  /** What else its users have to know. */
  readonly note?: string
  /** How the text is proven: pasted into the real thing in the tests, or by what its makers publish alone. */
  readonly proof: 'run' | 'schema'
}

/** A runtime or a framework that runs corsmith itself: the policy stands in the text as it is. */
export interface OwnTarget<N extends string = string> extends Pasted<N> {
  readonly by: 'corsmith'
  /** @param policy the policy as TypeScript */
  readonly write: (policy: string) => string
}

/** A product that answers CORS by itself, in its own words. */
export interface ForeignTarget<N extends string = string> extends Pasted<N> {
  readonly by: 'itself'
  /** What it can say. What it cannot is left out of the policy, and named, before `write` sees it. */
  readonly can: Can
  readonly write: (policy: Fitted) => string
}

/** A place where a fault can be, and for which there is nothing to paste. */
export interface PlaceTarget<N extends string = string> extends Named<N> {
  readonly kind: 'place'
}

/** A row of the table of targets. */
export type TargetRow<N extends string = string> = OwnTarget<N> | ForeignTarget<N> | PlaceTarget<N>

/** Keeps the name of a row as a type. */
export function own<const N extends string>(row: Omit<OwnTarget<N>, 'by'>): OwnTarget<N> {
  return { by: 'corsmith', ...row }
}

/** Keeps the name of a row as a type. */
export function foreign<const N extends string>(row: Omit<ForeignTarget<N>, 'by'>): ForeignTarget<N> {
  return { by: 'itself', ...row }
}

/** Keeps the name of a row as a type. */
export function place<const N extends string>(name: N, title: string): PlaceTarget<N> {
  return { kind: 'place', name, title }
}
