#!/usr/bin/env node
/// <reference types="node" />
/**
 * The `corsmith` command.
 *
 * @module
 */
import { text } from 'node:stream/consumers'
import { run } from './cli/main.ts'
import { createAsk } from './cli/terminal.ts'

// A reader such as `head` may close the pipe before the end. That is not an error.
process.stdout.on('error', () => process.exit())

const code = await run(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(line),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  showsProgress: process.stderr.isTTY === true,
  ...(process.stdin.isTTY && process.stdout.isTTY ? { ask: createAsk(process.stdin, process.stdout) } : {}),
  ...(process.stdin.isTTY ? {} : { readInput: () => text(process.stdin) }),
  // Only a server waits for a signal. Every other command ends at once, as a shell expects.
  untilStopped: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => resolve())
      process.once('SIGTERM', () => resolve())
    }),
})

// A user's module may leave a timer or a server running, which would keep the process alive. So the
// command exits by itself, after both streams are written out.
process.exitCode = code
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
