import { expect, it } from 'vitest'
import { CDN_CACHING } from '../../src/spec/fields.ts'
import { line } from '../../src/spec/line.ts'

it('a header line is none where there is nothing to say', () => {
  expect([line('Vary', 'Origin'), line('Vary', '')]).toEqual([[['Vary', 'Origin']], []])
})

it('the fields by which caches in front are told apart from browsers are those that platforms document', () => {
  expect(CDN_CACHING.toSorted()).toEqual([
    'CDN-Cache-Control',
    'Cloudflare-CDN-Cache-Control',
    'Netlify-CDN-Cache-Control',
    'Surrogate-Control',
    'Vercel-CDN-Cache-Control',
    'X-Accel-Expires',
  ])
})
