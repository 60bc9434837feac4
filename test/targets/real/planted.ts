/** Faults that writers of configuration make, planted into a text. */
import type { CorsPolicy } from '../../../src/index.ts'

/** The policy into whose texts the faults are planted. */
export const PLANTED_POLICY: CorsPolicy = {
  origins: ['https://app.example.com', 'https://*.example.net', 'https://b.example.org'],
  credentials: true,
  methods: ['PUT'],
}

/** What a fault would let in. */
export const STRANGERS = [
  'https://appxexample.com',
  'https://a.example.netxevil.test',
  'https://a.examplexnet',
  'https://stranger.example.org',
] as const

/** The faults, each as a change of a text; one that changes nothing does not apply to a target. */
export const FAULTS: Readonly<Record<string, (text: string) => string>> = {
  'a dot is not escaped': (text) => text.replaceAll(/\\{1,2}\.(?=com|net|org|example)/g, '.'),
  'the end is not anchored': (text) => text.replaceAll(/(net|com|org)(\)?)\$/g, '$1$2'),
  'another origin is written': (text) =>
    text.replaceAll(/https:(\\?\/\\?\/)b(\\{0,2}\.)example/g, 'https:$1stranger$2example'),
}

/**
 * Faults that let nobody in: Envoy and Starlette match whole texts anyway, and Apache repeats what an expression matched, which is
 * then not the origin.
 */
export const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  'the end is not anchored': ['apache', 'envoy', 'fastapi'],
}
