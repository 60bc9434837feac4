import { CHROMIUM } from './chromium.ts'
import { FIREFOX } from './firefox.ts'
import type { Template } from './template.ts'
import { WEBKIT } from './webkit.ts'

/** Every line that browsers print about CORS, and those that are taken for one. The first that fits counts. */
export const TEMPLATES: readonly Template[] = [...CHROMIUM, ...FIREFOX, ...WEBKIT]
