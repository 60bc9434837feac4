import { CorsPolicyError } from '../error.ts'
import type { CorsPolicyJson } from './json.ts'
import { policyFromJson } from './json.ts'

/**
 * A schema as validation libraries exchange it. The type is written out here, so that corsmith needs
 * no package for it.
 *
 * @see https://standardschema.dev/schema
 */
export interface StandardSchema<Input, Output> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Output; readonly issues?: undefined }
      | { readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[] }
    readonly types?: { readonly input: Input; readonly output: Output }
  }
}

/**
 * The JSON form of a policy as a Standard Schema, for libraries that load environment variables,
 * configuration or request bodies: Zod, Valibot, ArkType, t3-env, Elysia and others take it where
 * they take a schema of their own.
 *
 * It accepts what `policyFromJson` accepts, a JSON text or the parsed value, and gives a frozen
 * policy. Each defect is an issue with the path of the value and corsmith's sentence.
 *
 * @example
 * ```ts
 * import { policySchema } from 'corsmith/policy'
 *
 * const result = policySchema['~standard'].validate('{ "origins": ["https://app.example.com/"] }')
 * result.issues?.[0]?.message // 'an origin has no trailing slash: write "https://app.example.com"'
 * ```
 *
 * @see https://standardschema.dev/
 */
export const policySchema: StandardSchema<string | CorsPolicyJson, CorsPolicyJson> = {
  '~standard': {
    version: 1,
    vendor: 'corsmith',
    validate(value) {
      try {
        return { value: policyFromJson(value) }
      } catch (error) {
        if (!(error instanceof CorsPolicyError)) throw error
        return { issues: error.issues.map(({ message, path }) => ({ message, path })) }
      }
    },
  },
}
