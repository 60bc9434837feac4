import { isReadable } from './import.ts'
import { ALL_ROWS, type TargetName } from './table.ts'

/** What {@link targets} says about a target. */
export interface TargetInfo {
  /** The word for `compile`. */
  readonly name: TargetName
  /** The name of the product. */
  readonly title: string
  /**
   * True if the tests run the text in the real product. Otherwise the text follows what its makers
   * publish.
   */
  readonly proven: boolean
  /** True if `importConfig` reads its configuration. */
  readonly reads: boolean
}

/** Every target, in the order of the documentation. */
export const targets: readonly TargetInfo[] = ALL_ROWS.map(({ name, title, proof }) => ({
  name,
  title,
  proven: proof === 'run',
  reads: isReadable(name),
}))
