import { describe, expect, it } from 'vitest'
import { examine, ORIGIN } from './stage.ts'

const APP = ['Access-Control-Allow-Origin', ORIGIN] as const
const FRONT = ['Access-Control-Allow-Origin', '*'] as const
const SERVER = ['Server', 'gateway/2'] as const

describe('a header that two layers add', () => {
  it('is put down to its layers where another answer shows one of them alone', async () => {
    const { findings } = await examine(({ path }) =>
      path === '/items' ? { headers: [SERVER, FRONT, APP] } : { status: 404, headers: [SERVER, FRONT] },
    )
    expect(findings[0]?.message).toContain(
      `* stands alone on another answer (404), so the server in front, gateway/2, adds it, and the application adds ${ORIGIN}`,
    )
  })

  it('is put down to no layer where every answer is alike', async () => {
    const { findings } = await examine(() => ({ headers: [SERVER, FRONT, APP] }))
    expect([findings[0]?.code, findings[0]?.message.includes('stands alone')]).toEqual(['allow-origin-doubled', false])
  })
})
