/** A Chromium to test with: the one that is installed, else the one that came with `npm ci`. */

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium as playwright } from 'playwright-core'
import type { Component } from './component.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const PLACES = [
  '/usr/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Flags for a test machine. None of them touches CORS. */
const FLAGS = [
  // Chromium does not start as root with its sandbox, and tests open no page but their own.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/corsmith', import.meta.url))

/** A Chromium that was looked for, and where it is. */
export interface Chromium extends Component {
  readonly executablePath: string
}

/** Looks for Chromium: `CHROMIUM_PATH`, then what is installed, then the package for machines where nothing is. */
export async function findChromium(): Promise<Chromium> {
  const installed = process.env.CHROMIUM_PATH || findInstalled()
  const executablePath = installed ?? (await unpackFromNpm()) ?? ''
  const cure = installed
    ? `${installed} does not start: set CHROMIUM_PATH`
    : 'install Chromium or Chrome, or libnss3 for the one from npm, or set CHROMIUM_PATH'
  return { name: 'Chromium', present: executablePath !== '' && (await starts(executablePath)), cure, executablePath }
}

/** Launches a Chromium that was found. */
export function launchChromium({ executablePath }: Chromium, flags: readonly string[] = []): Promise<Browser> {
  return playwright.launch({ executablePath, args: [...FLAGS, ...flags] })
}

function findInstalled(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const named = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return [...named, ...PLACES].find((place) => existsSync(place))
}

async function starts(executablePath: string): Promise<boolean> {
  try {
    await promisify(execFile)(executablePath, ['--version'], { timeout: 30_000 })
    return true
  } catch {
    return false
  }
}

/**
 * Unpacks the Chromium of `@sparticuz/chromium` once per installation. Only its path is taken: the arguments it comes with turn
 * CORS off.
 */
async function unpackFromNpm(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = path.join(CACHE, 'chromium')
  const executable = path.join(folder, 'chromium')
  if (existsSync(executable)) return executable
  await mkdir(CACHE, { recursive: true })
  // It unpacks into the folder for temporary files and takes a half-unpacked file for a whole one. A folder of our own that gets
  // its name when it is complete lets two processes do this at once.
  const unpacking = await mkdtemp(path.join(CACHE, 'unpacking-'))
  const temporary = process.env.TMPDIR
  try {
    process.env.TMPDIR = unpacking
    const { default: npmChromium } = await import('@sparticuz/chromium')
    await npmChromium.executablePath()
    await rename(unpacking, folder)
  } catch (error) {
    if (!existsSync(executable)) throw error
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = temporary
    await rm(unpacking, { recursive: true, force: true })
  }
  return executable
}
