import type { Can, Fitted } from './can.ts'

/** The name of a target: a word of `corsmith compile`, `init` and `--for`. */
export type TargetName =
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
  | 'varnish'
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
  | 'express-cors'
  | 'fastify-cors'
  | 'spring'
  | 'rails'
  | 'aspnet'
  | 'laravel'
  | 'go'
  | 'rs-cors'
  | 'gin'
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

/** The language of a text. It decides on highlighting and on comments. */
export type Language =
  | 'ts'
  | 'js'
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
  | 'vcl'
  | 'yaml'
  | 'sh'
  | 'xml'

/** Where a whole configuration listens, and what stands behind it. */
export interface ServerPlace {
  /** The address and the port on which the server listens, such as `127.0.0.1:8080`. */
  readonly listen: { readonly host: string; readonly port: number }
  /** The origin of the API behind it, such as `http://127.0.0.1:3000`. */
  readonly upstream: URL
}

interface Pasted<N extends string> {
  readonly name: N
  /** The name of the product. */
  readonly title: string
  readonly kind: 'code' | 'server' | 'cloud'
  readonly language: Language
  /** The command that installs what the text imports; null and missing without one. */
  readonly install?: string | null
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
  /** A file of data that `write` holds inside a script, for a product that reads JSON. */
  readonly data?: (policy: Fitted) => unknown
  /** Puts the text of `write` into a configuration that the server starts with. */
  readonly whole?: { readonly file: string; readonly write: (text: string, place: ServerPlace) => string }
}

/** A row of the table of targets. */
export type TargetRow<N extends string = string> = OwnTarget<N> | ForeignTarget<N>

/** Makes a row, and keeps its name as a type. */
export function own<const N extends string>(row: Omit<OwnTarget<N>, 'by'>): OwnTarget<N> {
  return { by: 'corsmith', install: 'npm install corsmith', ...row }
}

/** Makes a row, and keeps its name as a type. */
export function foreign<const N extends string>(row: Omit<ForeignTarget<N>, 'by'>): ForeignTarget<N> {
  return { by: 'itself', ...row }
}
