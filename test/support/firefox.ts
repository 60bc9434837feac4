/** A Firefox to test with: the one that is installed. */

import { existsSync } from 'node:fs'
import type { Component } from './component.ts'

/** A Firefox that was looked for, and where it is. */
export interface Firefox extends Component {
  readonly executablePath: string
}

/** Looks for Firefox: `FIREFOX_PATH`, then what is installed. */
export function findFirefox(): Firefox {
  const places = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']
  const executablePath = process.env.FIREFOX_PATH || places.find((place) => existsSync(place)) || ''
  const cure = 'install Firefox (apt-get install firefox-esr), or set FIREFOX_PATH'
  return { name: 'Firefox', present: existsSync(executablePath), cure, executablePath }
}
