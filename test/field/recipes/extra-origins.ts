import { type Cors, createCors } from 'corsmith'

export function policyFor(env: Readonly<Record<string, string | undefined>>): Cors {
  const extra = (env.EXTRA_ORIGINS ?? '').split(',').map((entry) => entry.trim())
  return createCors({
    origins: ['https://www.example.com', ...extra.filter((entry) => entry !== '')],
    credentials: true,
  })
}
