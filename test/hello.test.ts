import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

describe('examples/hello.ts', () => {
  it('prints what a browser would be told', () => {
    const printed = execFileSync(process.execPath, ['examples/hello.ts'], { encoding: 'utf8' })
    expect(printed.split('\n').filter((line) => !line.startsWith(' ') && line !== '')).toEqual([
      'OPTIONS /hello from https://app.example.com → 204',
      'PUT /hello from https://app.example.com → 200',
      'GET /nowhere from https://app.example.com → 404',
      'OPTIONS /hello from https://stranger.example → 403',
      'GET /hello from https://stranger.example → 200',
    ])
    expect(printed.match(/access-control-allow-origin: https:\/\/app\.example\.com/g)).toHaveLength(3)
    expect(printed).not.toContain('access-control-allow-origin: https://stranger.example')
  })

  it('is 40 lines at most', () => {
    expect(readFileSync('examples/hello.ts', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  })
})
