// What a report says of a finding, whether the result was expected or not, with a fix or without.
import { describe, expect, it } from 'vitest'
import { diagnose, type Finding, formatReport } from '../../../src/diagnose.ts'

const LINK = 'https://docs.example/#x'

async function reported(isFine: boolean, expected: string | null = null): Promise<string> {
  const diagnosis = await diagnose('https://api.example.com/', {
    origin: 'https://app.example.com',
    transport: async () => ({ status: 200, headers: [] }),
  })
  const fix = diagnosis.findings.find((finding) => finding.fix !== null)?.fix
  if (!fix) throw new Error('no finding has a fix')
  const finding = (severity: Finding['severity'], message: string, advice: string | null): Finding => ({
    code: 'allow-origin-missing',
    severity,
    at: 'response',
    message,
    header: null,
    actual: null,
    expected: null,
    explains: null,
    fix: advice === null ? null : { ...fix, advice },
    link: LINK,
  })
  const findings = [
    finding('error', 'it fails', 'Mend it'),
    finding('error', 'it fails too', null),
    finding('security', 'it lets in', 'Shut it'),
    finding('warning', 'it will fail', 'Mend it soon'),
    finding('info', 'it is so', null),
  ]
  const notes = ['a was left out', 'b was read as c']
  const item = { title: 'a: b, c', diagnosis: { ...diagnosis, findings }, isFine, expected, notes }
  return formatReport('github', [item], '1.0.0')
}

describe('an annotation', () => {
  it('of a result that was not expected has the advice', async () => {
    expect((await reported(false, 'shared')).split('\n')).toEqual([
      '::error title=CORS%3A a%3A b%2C c::blocked, expected shared. a was left out. b was read as c',
      '::error title=allow-origin-missing::it fails. Mend it',
      '::error title=allow-origin-missing::it fails too',
      '::error title=allow-origin-missing::it lets in. Shut it',
      '::warning title=allow-origin-missing::it will fail. Mend it soon',
      '::notice title=allow-origin-missing::it is so',
    ])
  })

  it('of an expected one has no advice for what was expected', async () => {
    expect((await reported(true)).split('\n')).toEqual([
      '::notice title=CORS%3A a%3A b%2C c::blocked. a was left out. b was read as c',
      '::notice title=allow-origin-missing::it fails',
      '::notice title=allow-origin-missing::it fails too',
      '::warning title=allow-origin-missing::it lets in. Shut it',
      '::warning title=allow-origin-missing::it will fail. Mend it soon',
      '::notice title=allow-origin-missing::it is so',
    ])
  })
})
