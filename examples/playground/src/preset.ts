import { writePolicy } from './policy-text.ts'
import { BASE, type Scenario } from './scenario.ts'

/** A scenario with a name. */
export interface Preset {
  readonly id: string
  readonly group: 'Works' | 'Blocked' | 'Surprises' | 'Does not construct'
  readonly name: string
  readonly scenario: Scenario
}

/** The page of most presets. */
export const APP = 'https://app.example.com'

/** What most handlers answer with. */
export const JSON_TYPE = 'Content-Type: application/json'

/** Makes a preset of a policy, or of a text that means to be one, and of what differs from the base. */
export function preset(
  id: string,
  group: Preset['group'],
  name: string,
  policy: object | string,
  rest: Partial<Scenario> = {},
): Preset {
  const text = typeof policy === 'string' ? policy : writePolicy(policy as Parameters<typeof writePolicy>[0])
  return { id, group, name, scenario: { ...BASE, ...rest, policy: text } }
}
