import type { Can, Fitted } from './can.ts'

/** The name of a target: a value of `--for`, or a place of a cause that has no configuration. */
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

/** The language of a text. It decides on highlighting and on comments. */
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
  /** The value of `--for` and `init`. */
  readonly name: N
  /** The name of the product. */
  readonly title: string
}

interface Pasted<N extends string> extends Named<N> {
  readonly kind: 'code' | 'server' | 'cloud'
  readonly language: Language
  /** A sentence that says where the text goes. */
  readonly where: string
  /**
   * A sentence that says which other CORS lines to remove. Two layers that both send CORS headers
   * block the response.
   */
  readonly removes: string
  /** More that users of this target need to know. */
  readonly note?: string
  /**
   * How the text is tested: in the real product, or only against the schema that its makers
   * publish.
   */
  readonly proof: 'run' | 'schema'
}

/** A runtime or framework that runs corsmith itself. The text holds the policy unchanged. */
export interface OwnTarget<N extends string = string> extends Pasted<N> {
  readonly by: 'corsmith'
  /** @param policy The policy as TypeScript. */
  readonly write: (policy: string) => string
}

/** A product that answers CORS itself, in its own configuration. */
export interface ForeignTarget<N extends string = string> extends Pasted<N> {
  readonly by: 'itself'
  /**
   * What it can express. Everything else is left out of the policy, and named, before `write` gets
   * it.
   */
  readonly can: Can
  readonly write: (policy: Fitted) => string
}

/** A place of a cause for which there is nothing to paste. */
export interface PlaceTarget<N extends string = string> extends Named<N> {
  readonly kind: 'place'
}

/** A row of the table of targets. */
export type TargetRow<N extends string = string> = OwnTarget<N> | ForeignTarget<N> | PlaceTarget<N>

/** Makes a row, and keeps its name as a type. */
export function own<const N extends string>(row: Omit<OwnTarget<N>, 'by'>): OwnTarget<N> {
  return { by: 'corsmith', ...row }
}

/** Makes a row, and keeps its name as a type. */
export function foreign<const N extends string>(row: Omit<ForeignTarget<N>, 'by'>): ForeignTarget<N> {
  return { by: 'itself', ...row }
}

/** Makes a row, and keeps its name as a type. */
export function place<const N extends string>(name: N, title: string): PlaceTarget<N> {
  return { kind: 'place', name, title }
}
