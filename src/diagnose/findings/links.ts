/** Where findings send their readers. */
const MDN = 'https://developer.mozilla.org/docs/Web/HTTP'

/** The pages of MDN on the browser's own errors. */
export function mdnError(name: string): string {
  return `${MDN}/Guides/CORS/Errors/${name}`
}

/** MDN's page on a header. */
export function mdnHeader(name: string): string {
  return `${MDN}/Reference/Headers/${name}`
}

/** MDN's introduction to CORS. */
export const MDN_CORS: string = `${MDN}/Guides/CORS`

/** A part of the Fetch Standard. */
export function fetchSpec(fragment: string): string {
  return `https://fetch.spec.whatwg.org/#${fragment}`
}
