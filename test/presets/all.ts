import * as surface from '../../src/presets.ts'

/** The options of a policy that a preset adds to. */
export const LISTS = ['methods', 'requestHeaders', 'exposedHeaders'] as const

/** Every preset of the surface, with the name under which it is exported. */
export const exported: readonly (readonly [string, surface.Preset])[] = Object.entries(surface).flatMap(
  ([name, value]) => (typeof value === 'object' ? [[name, value] as const] : []),
)

export const allPresets: readonly surface.Preset[] = exported.map(([, value]) => value)
