import { EXIT, type Io } from './io.ts'

export function diff(_argv: readonly string[], _io: Io): number {
  return EXIT.ok
}
