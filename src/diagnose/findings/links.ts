/** The pages that findings link to. */
const MDN = 'https://developer.mozilla.org/docs/Web/HTTP'

/** Returns MDN's page on an error of Firefox. */
export function mdnError(name: string): string {
  return `${MDN}/Guides/CORS/Errors/${name}`
}

/** Returns MDN's page on a header. */
export function mdnHeader(name: string): string {
  return `${MDN}/Reference/Headers/${name}`
}

/** MDN's introduction to CORS. */
export const MDN_CORS: string = `${MDN}/Guides/CORS`

/** Returns a section of the Fetch Standard. */
export function fetchSpec(fragment: string): string {
  return `https://fetch.spec.whatwg.org/#${fragment}`
}
