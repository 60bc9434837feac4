/// <reference types="node" />
import { createInterface } from 'node:readline'

/** The time in which further lines belong to the same paste, in milliseconds. */
const PASTE_MS = 60

/**
 * Makes a function that asks a question in a terminal. A text of several lines that is pasted is one
 * answer.
 *
 * @param input The terminal's input.
 * @param output The terminal's output.
 * @returns A function that gives the answer; null where the user ends the input.
 */
export function createAsk(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): (question: string) => Promise<string | null> {
  return (question) =>
    new Promise((resolve) => {
      const lines: string[] = []
      let timer: NodeJS.Timeout | undefined
      const reader = createInterface({ input, output, prompt: question })
      reader.on('line', (line) => {
        lines.push(line)
        clearTimeout(timer)
        timer = setTimeout(() => reader.close(), PASTE_MS)
      })
      reader.on('close', () => {
        clearTimeout(timer)
        resolve(lines.length === 0 ? null : lines.join('\n'))
      })
      reader.prompt()
    })
}
