/** A binding of an import: the name in the module, and the name in the file. */
export interface Binding {
  /** The name in the module: `default`, `*` for the whole module, or a name. */
  readonly imported: string
  readonly local: string
  readonly isType: boolean
}

/** An `import` or a `require` that stands by itself. */
export interface ImportLine {
  readonly start: number
  /** Behind the semicolon, where there is one. */
  readonly end: number
  readonly module: string
  readonly quote: string
  readonly hasSemicolon: boolean
  /** The word before the names of a `require`; null for an `import`. */
  readonly keyword: string | null
  /** Whether a type follows the word `import`. */
  readonly isType: boolean
  readonly bindings: readonly Binding[]
}

// White space is limited: a file of it would take hours otherwise.
const IMPORT =
  /import\s{1,99}(?!defer\s{1,99}\*|source\s{1,99}\w)(?<type>type\s{1,99}(?!from\b)(?!,))?(?:(?<bare>[A-Za-z_$][\w$]*)\s{0,99})?,?\s{0,99}(?:\*\s{0,99}as\s{1,99}(?<star>[A-Za-z_$][\w$]*)\s{0,99})?(?:\{(?<names>[^{}]*)\}\s{0,99})?from\s{0,99}(?<quote>['"])(?<module>[^'"\n]+)\k<quote>(?:\s{0,9}(?:with|assert)\s{0,9}\{[^{}]*\})?(?:[ \t]{0,9};)?/y
const REQUIRE =
  /(?<keyword>const|let|var|import)\s{1,99}(?:(?<bare>[A-Za-z_$][\w$]*)|\{(?<names>[^{}]*)\})\s{0,99}=\s{0,99}require\(\s{0,99}(?<quote>['"])(?<module>[^'"\n]+)\k<quote>\s{0,99}\)(?:\.default\b)?(?:[ \t]{0,9};)?/y

/** Lists the imports of a file of JavaScript or TypeScript. */
export function importsIn(text: string, masked: string): readonly ImportLine[] {
  const lines: ImportLine[] = []
  for (const { index } of masked.matchAll(/(?<![\w.$])(?:import|const|let|var)\b/g)) {
    for (const pattern of [IMPORT, REQUIRE]) {
      pattern.lastIndex = index
      const found = pattern.exec(text)
      if (found?.groups === undefined) continue
      const { type, bare, star, names = '', quote = "'", module = '', keyword } = found.groups
      const whole = keyword === undefined ? 'default' : '*'
      const bindings: Binding[] = [
        ...(bare === undefined ? [] : [{ imported: whole, local: bare, isType: type !== undefined }]),
        ...(star === undefined ? [] : [{ imported: '*', local: star, isType: type !== undefined }]),
        ...namesIn(names, type !== undefined),
      ]
      const end = index + found[0].length
      const hasSemicolon = found[0].endsWith(';')
      lines.push({
        ...{ start: index, end, module, quote, hasSemicolon },
        ...{ keyword: keyword ?? null, isType: type !== undefined, bindings },
      })
      break
    }
  }
  return lines
}

function namesIn(names: string, isType: boolean): readonly Binding[] {
  return names
    .replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '')
    .split(',')
    .flatMap((each) => {
      const [, type, imported, local] =
        /^\s*(type\s+)?([A-Za-z_$][\w$]*)(?:\s*(?:as\s|:)\s*([A-Za-z_$][\w$]*))?\s*$/.exec(each) ?? []
      return imported === undefined
        ? []
        : [{ imported, local: local ?? imported, isType: isType || type !== undefined }]
    })
}

/** The lines that replace and follow others, in the way in which the file imports. */
export interface ImportChange {
  /** The modules whose names are no longer used. */
  readonly from: readonly string[]
  /** The imported names that the rewritten file does not use, as the file writes them. */
  readonly drop: readonly string[]
  readonly module: string
  readonly add: readonly Binding[]
}

/**
 * Takes names off the imports of a file, and adds those of another module in their place. A type of
 * the old module goes too, where the file no longer names it.
 */
export function changeImports(text: string, masked: string, change: ImportChange): string {
  const lines = importsIn(text, masked)
  const code = lines.reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    masked,
  )
  const isUsed = (name: string) => new RegExp(`(?<![\\w.$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(code)
  const touched = lines.flatMap((line) => {
    if (!change.from.includes(line.module)) return []
    const kept = line.bindings.filter(
      ({ local, isType }) => !(change.drop.includes(local) || (isType && !isUsed(local))),
    )
    return kept.length === line.bindings.length ? [] : [{ line, kept }]
  })
  const known = lines.find(({ module, isType }) => module === change.module && !isType)
  const add = change.add.filter(({ imported }) => !known?.bindings.some((each) => each.imported === imported))
  const model = touched[0]?.line ?? known ?? lines[0]
  const added = add.length === 0 ? '' : written(change.module, add, model, text)
  let result = text
  let isAdded = added === ''
  for (const { line, kept } of touched.toReversed()) {
    const isFirst = line === touched[0]?.line
    const rest = kept.length === 0 ? '' : written(line.module, kept, line, text)
    const both = [rest, isFirst ? added : ''].filter((each) => each !== '').join(eolOf(text))
    isAdded ||= isFirst
    const end = both === '' ? line.end + (/^[ \t]*(?:\r\n?|\n)/.exec(text.slice(line.end))?.[0].length ?? 0) : line.end
    result = result.slice(0, line.start) + both + result.slice(end)
  }
  if (isAdded) return result
  const at = model?.start ?? headOf(text)
  return `${result.slice(0, at)}${added}${eolOf(text)}${result.slice(at)}`
}

/** Behind `#!` and `'use strict'`, which come first. */
function headOf(text: string): number {
  return /^\uFEFF?(?:#!.*\r?\n)?(?:\s*(['"])use (?:strict|server)\1;?\s*?\r?\n)?/.exec(text)?.[0].length ?? 0
}

/** Tells how lines end in a file. */
export function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : text.includes('\r') && !text.includes('\n') ? '\r' : '\n'
}

function written(module: string, bindings: readonly Binding[], model: ImportLine | undefined, text: string): string {
  const isModule =
    model === undefined ? /^\s*export\b/m.test(text) : model.keyword === null || model.keyword === 'import'
  const quote = model?.quote ?? "'"
  const end = model === undefined || model.hasSemicolon ? (model === undefined ? '' : ';') : ''
  const whole = bindings.find(({ imported }) => imported === 'default' || (imported === '*' && !isModule))
  const star = bindings.find(({ imported }) => imported === '*' && isModule)
  const isType = model?.isType === true && model.module === module
  const names = bindings
    .filter((each) => each !== whole && each !== star)
    .map(({ imported, local, isType: own }) => {
      const renamed = imported === local ? imported : `${imported}${isModule ? ' as ' : ': '}${local}`
      return own && !isType && isModule ? `type ${renamed}` : renamed
    })
  const listed = names.length === 0 ? [] : [`{ ${names.join(', ')} }`]
  if (!isModule)
    return `${model?.keyword ?? 'const'} ${whole?.local ?? listed[0]} = require(${quote}${module}${quote})${end}`
  const all = [...(whole ? [whole.local] : []), ...(star ? [`* as ${star.local}`] : []), ...listed]
  return `import ${isType ? 'type ' : ''}${all.join(', ')} from ${quote}${module}${quote}${end}`
}
