/**
 * Changes of a policy while the server runs: exchange it at once, or try the next one beside it.
 *
 * @module
 */
export {
  type Disagreement,
  type ShadowCount,
  type ShadowOptions,
  type ShadowReport,
  shadow,
  shadowReport,
} from './operate/shadow.ts'
export { createSwappable, type SwappableCors } from './operate/swap.ts'
