import { BEYOND, NAMED } from './beyond.ts'
import { CHROMIUM } from './chromium.ts'
import { CLIENTS, SERVERS } from './elsewhere.ts'
import { FIREFOX } from './firefox.ts'
import type { Template } from './template.ts'
import { TRIDENT } from './trident.ts'
import { WEBKIT } from './webkit.ts'

/** All templates. If two match the same words, the first counts. */
export const TEMPLATES: readonly Template[] = [
  ...CHROMIUM,
  ...FIREFOX,
  ...WEBKIT,
  ...TRIDENT,
  ...BEYOND,
  ...NAMED,
  ...SERVERS,
  ...CLIENTS,
]
