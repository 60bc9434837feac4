import { createPaint } from '../../../src/cli/paint.ts'
import { diagnosisText } from '../../../src/cli/text.ts'
import { type Diagnosis, FORMATS, formatReport, toCurl, toJson } from '../../../src/diagnose.ts'

const paint = createPaint({
  print: () => {},
  warn: () => {},
  env: {},
  isTerminal: false,
  showsProgress: false,
  untilStopped: () => Promise.resolve(),
})

/** Writes a diagnosis in every form that there is, by the form's name. */
export function everyForm(diagnosis: Diagnosis): ReadonlyMap<string, string> {
  const title = `${diagnosis.call.method} ${diagnosis.call.url.href} from ${diagnosis.call.origin}`
  const items = [{ title, diagnosis, isFine: false, expected: null }]
  return new Map([
    ['text', diagnosisText(diagnosis, { paint, verbose: true, insecure: false })],
    ['json', JSON.stringify(toJson(diagnosis, '0'))],
    ['curl', diagnosis.observations.map(({ request }) => toCurl(request)).join('\n')],
    ...FORMATS.map((format) => [format, formatReport(format, items, '0')] as const),
  ])
}
