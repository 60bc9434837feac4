import { BEYOND, NAMED } from './beyond.ts'
import { CHROMIUM } from './chromium.ts'
import { CLIENTS, SERVERS } from './elsewhere.ts'
import { FIREFOX } from './firefox.ts'
import type { Template } from './template.ts'
import { TRIDENT } from './trident.ts'
import { WEBKIT } from './webkit.ts'

/** Every line about CORS, and those that are taken for one. Of two that fit the same words, the first counts. */
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
