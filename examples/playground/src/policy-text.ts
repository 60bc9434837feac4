/** The policy as a person writes it: its issues at their places, and changes that leave the rest of the text alone. */
import { type CorsPolicy, CorsPolicyError, checkPolicy, type PolicyIssue } from 'corsmith'
import { policyFromJson } from 'corsmith/policy'
import { type JsonNode, JsonTextError, lineOf, memberOf, readJson, type Span, spanAt } from './json-text.ts'

/** An issue, and where it stands. */
export interface PlacedIssue {
  readonly issue: PolicyIssue
  /** The stretch of the text at fault; null where nothing stands there. */
  readonly span: Span | null
  /** The line of it, from 1; null where nothing stands there. */
  readonly line: number | null
  /** What JSON itself has against the text; null where it can be read. */
  readonly syntax: string | null
  /** The text with the suggestion taken; null where there is none, or nothing to replace. */
  readonly corrected: string | null
}

/** What was read of a text. */
export interface PolicyText {
  /** The policy; null where it has a defect. */
  readonly policy: CorsPolicy | null
  readonly issues: readonly PlacedIssue[]
  /** What a server that is given it prints, and stops; null where it has no defect. */
  readonly thrown: string | null
}

/** Reads a policy, with every issue. Never throws. */
export function readPolicyText(text: string): PolicyText {
  try {
    return { policy: policyFromJson(text), issues: place(text, checkPolicy(JSON.parse(text))), thrown: null }
  } catch (error) {
    if (!(error instanceof CorsPolicyError)) throw error
    const isJson = error.issues[0].code !== 'policy-not-json'
    const twice = error.issues.filter(({ code }) => code === 'key-twice')
    const issues = isJson ? place(text, [...twice, ...checkPolicy(JSON.parse(text))]) : [notJson(text, error.issues[0])]
    return { policy: null, issues, thrown: `${error.name}: ${error.message}` }
  }
}

/** Takes every suggestion that needs no second look, one after the other: each may move what comes behind it. */
export function takeSuggestions(text: string): string {
  // Each round leaves one issue less, or ends.
  for (let taken = text, rounds = 0; ; rounds++) {
    const next = readPolicyText(taken).issues.find(
      ({ issue, corrected }) => corrected !== null && issue.review !== true,
    )
    if (next?.corrected == null || rounds === MOST_ROUNDS) return taken
    taken = next.corrected
  }
}

const MOST_ROUNDS = 500

function place(text: string, issues: readonly PolicyIssue[]): readonly PlacedIssue[] {
  const root = rootOf(text)
  return issues.map((issue) => {
    const span = root && spanAt(root, issue.path)
    const line = span && lineOf(text, span.start).line
    return { issue, span, line, syntax: null, corrected: root && correct(text, root, issue) }
  })
}

/** Deeper than a policy ever is, JSON is read by `JSON.parse` and not by us. */
function rootOf(text: string): JsonNode | null {
  try {
    return readJson(text)
  } catch {
    return null
  }
}

function notJson(text: string, issue: PolicyIssue): PlacedIssue {
  try {
    readJson(text)
  } catch (error) {
    if (error instanceof JsonTextError) {
      const { line, column } = lineOf(text, error.at)
      const start = Math.min(error.at, Math.max(text.length - 1, 0))
      const syntax = `line ${line}, column ${column}: ${error.message}`
      return { issue, span: { start, end: start + 1 }, line, syntax, corrected: null }
    }
  }
  return { issue, span: null, line: null, syntax: null, corrected: null }
}

function correct(text: string, root: JsonNode, { code, path, suggestion }: PolicyIssue): string | null {
  const [key, index] = path
  const member = key === undefined ? undefined : memberOf(root, key)
  if (suggestion === undefined || member === undefined) return null
  const { items } = member.value
  if (typeof index === 'number') {
    const item = items?.[index]
    if (item === undefined) return null
    return suggestion === null ? without(text, items ?? [], item) : splice(text, item, JSON.stringify(suggestion))
  }
  if (code === 'unknown-key' && typeof suggestion === 'string')
    return splice(text, member.keySpan, JSON.stringify(suggestion))
  return suggestion === null
    ? without(text, root.members ?? [], member)
    : splice(text, member.value, JSON.stringify(suggestion))
}

/** Changes a policy's text so that it says what `target` says. Options that are the same stay as they are written. */
export function rewrite(text: string, target: CorsPolicy): string {
  const before: Record<string, unknown> = JSON.parse(text)
  let changed = text
  for (const [key, value] of Object.entries(target)) {
    if (JSON.stringify(before[key]) === JSON.stringify(value)) continue
    const root = readJson(changed)
    const member = memberOf(root, key)
    if (member !== undefined) changed = splice(changed, member.value, write(value))
    else changed = insert(changed, root, `${JSON.stringify(key)}: ${write(value)}`)
  }
  for (const key of Object.keys(before)) {
    if (Object.hasOwn(target, key) || key === '$schema') continue
    const root = readJson(changed)
    const member = memberOf(root, key)
    if (member !== undefined) changed = without(changed, root.members ?? [], member)
  }
  return changed
}

/** Writes a policy, one option to a line. */
export function writePolicy(policy: CorsPolicy): string {
  const lines = Object.entries(policy).map(([key, value]) => `  ${JSON.stringify(key)}: ${write(value)}`)
  return `{\n${lines.join(',\n')}\n}`
}

const WIDEST_LIST = 60

function write(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value)
  const items = value.map((item) => JSON.stringify(item))
  const line = `[${items.join(', ')}]`
  return line.length <= WIDEST_LIST ? line : `[\n${items.map((item) => `    ${item}`).join(',\n')}\n  ]`
}

function insert(text: string, root: JsonNode, member: string): string {
  const last = root.members?.at(-1)
  return last === undefined
    ? splice(text, root, `{\n  ${member}\n}`)
    : splice(text, { start: last.end, end: last.end }, `,\n  ${member}`)
}

/** Takes one of several out, with the comma that is then one too many. */
function without(text: string, all: readonly Span[], one: Span): string {
  const index = all.indexOf(one)
  const next = all[index + 1]
  const previous = all[index - 1]
  if (next !== undefined) return splice(text, { start: one.start, end: next.start }, '')
  return splice(text, previous === undefined ? one : { start: previous.end, end: one.end }, '')
}

function splice(text: string, { start, end }: Span, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end)
}
