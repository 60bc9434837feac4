import { expect } from 'vitest'
import type { Diagnosis, Fix } from '../../../src/diagnose.ts'
import { difference, kindOf, record } from '../settles.ts'
import type { Request, Stage } from '../stage.ts'
import { applied, ask, readersAt } from './apply.ts'

/** A real component with a real mistake. */
export interface Row {
  readonly name: string
  readonly start: () => Promise<Stage>
  readonly path: string
  readonly request?: Request
  readonly finding: string
  readonly target: string
  /** Whether the fix is ours to apply. */
  readonly isOurs: boolean
  /** The same component with the mistake replaced by what was printed. */
  readonly pasted?: (snippet: string) => Promise<Stage>
}

export const PUT = { method: 'PUT' } as const
export const JSON_POST = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: '{}',
  send: true,
} as const

/** The cause is named first, and what is printed puts it right: as a policy in front of the component, and pasted into it. */
export async function proves({ start, path, request = {}, finding, target, isOurs, pasted }: Row): Promise<void> {
  const staged = await start()
  let fix: Fix | null = null
  let diagnosis: Diagnosis
  let before: ReadonlySet<string>
  try {
    diagnosis = await ask(staged.origin, path, request)
    const [first] = diagnosis.findings
    expect([diagnosis.conclusion, first?.code, first?.fix?.target]).toEqual(['blocked', finding, target])
    const after = first?.fix == null ? null : await applied(first.fix, staged, path, request)
    if (isOurs) expect(after?.conclusion).toBe('allowed')
    fix = first?.fix ?? null
    before = await readersAt(staged.origin, path, diagnosis)
    const passes = after === null || !isOurs ? null : after.conclusion === 'allowed'
    const row = { cause: finding, isBlocked: true, isFirst: true, fix: kindOf(fix), isRepeated: false, isReal: true }
    if (pasted === undefined) return record({ ...row, passes, lost: 0, gained: 0 })
  } finally {
    await staged.close()
  }
  expect(fix?.snippet).toEqual(expect.any(String))
  const repaired = await pasted(fix?.snippet ?? '')
  try {
    const { conclusion, findings } = await ask(repaired.origin, path, { ...request, send: true })
    const faults = findings.filter(({ severity, code }) => severity === 'error' || code === 'vary-missing')
    expect([conclusion, faults]).toEqual(['allowed', []])
    const { lost, gained } = difference(before, await readersAt(repaired.origin, path, diagnosis))
    if (fix?.asks.length === 0) expect(lost).toEqual([])
    expect(gained).toEqual([])
    const [asked, passes] = [fix?.asks.length !== 0, conclusion === 'allowed']
    const row = { cause: finding, isBlocked: true, isFirst: true, fix: kindOf(fix), isRepeated: false, isReal: true }
    record({ ...row, passes, lost: asked ? 0 : lost.length, gained: gained.length })
  } finally {
    await repaired.close()
  }
}
