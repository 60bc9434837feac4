#!/usr/bin/env node
/// <reference types="node" />
/**
 * The `corsmith` command.
 *
 * @module
 */
import { run } from './cli/main.ts'

// A reader that has enough, such as head, closes the pipe; that is no error.
process.stdout.on('error', () => process.exit())

const code = await run(process.argv.slice(2), {
  print: (text) => process.stdout.write(`${text}\n`),
  warn: (text) => process.stderr.write(text),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  showsProgress: process.stderr.isTTY === true,
  // Only a server waits to be stopped; every other command ends at once, as a shell expects.
  untilStopped: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => resolve())
      process.once('SIGTERM', () => resolve())
    }),
})

// What a module of the user's left running, a server or a timer, must not hold the command; what was printed must be out first.
process.exitCode = code
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
