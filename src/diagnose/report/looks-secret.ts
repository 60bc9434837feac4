/** Beginnings of tokens that issuers chose so that scanners find them. */
const ISSUED =
  /\b(?:[spr]k_(?:live|test)_\w{8,}|sk-(?=[\w-]*\d)[\w-]{10,}|gh[opsur]_\w{8,}|github_pat_\w{8,}|gl(?:pat|dt)-[\w-]{8,}|xox[abeoprs]-[\w-]{8,}|xapp-[\w-]{8,}|shp(?:at|ca|pa|ss)_\w{8,}|whsec_\w{8,}|npm_\w{12,}|pypi-[\w-]{12,}|hf_\w{10,}|hvs\.\w{8,}|do[op]_v1_\w{8,}|(?:AKIA|ASIA)[A-Z\d]{12,}|AIza[\w-]{20,}|ya29\.[\w-]|SG\.[\w-]{10,}\.[\w-]|EAA[A-Za-z\d]{20,})/

/** The first part of a JSON Web Token: an object in base64url. */
const JWT = /\beyJ[\w-]{4,}\./

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** The characters of tokens: base64, base64url, hexadecimal, and the marks between their parts. */
export const RUNS: RegExp = /[\w+/=~.%-]{10,}/g

/**
 * Returns whether a run of characters looks random: letters and digits that form neither words nor
 * numbers. Addresses, versions, dates and names do not.
 */
export function looksSecret(run: string): boolean {
  if (JWT.test(run) || ISSUED.test(run)) return true
  // base64url also has marks among the letters.
  const whole = run.replace(/[-_]/g, '')
  if (whole.length >= 16 && stepsOf(whole).length * 3 > whole.length) return true
  const random = run.split(/[^A-Za-z\d]+/).filter(isRandom)
  return random.reduce((sum, piece) => sum + piece.length, 0) >= 10
}

/** Returns whether a run names one thing among many, as paths hold them. */
export function isIdentifier(run: string): boolean {
  return UUID.test(run)
}

const DATE = /^\d{8}T\d{6}Z?$/

/**
 * In text, words and numbers are long on average. Random characters switch between letters,
 * capitals and digits all the time.
 */
function isRandom(run: string): boolean {
  // A name may end with a digit: `CORSDidNotSucceed2`.
  const piece = run.replace(/(?<=[a-z])\d$/, '')
  if (piece.length < 4 || DATE.test(piece)) return false
  const steps = stepsOf(piece)
  const numbers = steps.filter((step) => /\d/.test(step)).length
  if (steps.length === numbers) return piece.length > 30
  if (piece.length < 8) return numbers > 0 && steps.length > 2
  const short = numbers > 0 && piece.length >= 16 ? 4 : 3
  if (steps.length * short > piece.length || (numbers > 1 && piece.length >= 12)) return true
  if (numbers === 1 && piece.length >= 16 && !/^\d|\d$/.test(piece)) return true
  return piece.length >= 12 && steps.some(isGibberish)
}

function stepsOf(piece: string): readonly string[] {
  return piece.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []
}

/** A word has an ending, and never five consonants in a row. */
function isGibberish(word: string): boolean {
  return word.length > 22 || /[bcdfghj-np-tv-xz]{5}|[aeiou]{4}/i.test(word.replace(/https/i, ''))
}
