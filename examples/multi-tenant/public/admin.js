import { api } from '/config.js'

const at = (id) => document.querySelector(`#${id}`)
let version = null
let needed = []

async function send(method, path, body) {
  const response = await fetch(api.replace('TENANT', at('tenant').value) + path, {
    method,
    headers: { Authorization: `Bearer ${at('token').value}`, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { ok: response.ok, body: await response.json() }
}

function tell(status, text) {
  at('outcome').dataset.status = status
  at('outcome').value = text
}

/** Shows what was sent back; a request that fails shows why. */
function does(id, act) {
  at(id).addEventListener('click', async () => {
    tell('busy', '')
    try {
      await act()
    } catch (error) {
      tell(
        'refused',
        error instanceof SyntaxError
          ? `no JSON: ${error.message}`
          : 'the browser refused the answer: this page may not read the API',
      )
    }
  })
}

function show(document) {
  version = document.version
  at('version').textContent = version
  at('policy').value = JSON.stringify(document.policy, null, 2)
}

does('load', async () => {
  const { ok, body } = await send('GET', '/_tenant')
  if (ok) show(body)
  tell(ok ? 'done' : 'refused', ok ? 'loaded' : body.detail)
})

does('try', async () => {
  const { ok, body } = await send('POST', '/_tenant/try', {
    policy: JSON.parse(at('policy').value),
    origin: at('origin').value,
  })
  if (!ok) return tell('refused', body.detail)
  const changes = ['allowed', 'stopped', 'other'].flatMap((kind) =>
    body.diff[kind].map(({ sentence }) => `${kind}: ${sentence}`),
  )
  const { gets } = body
  tell(
    'done',
    [
      ...changes,
      `${gets.origin} ${gets.shared ? `may read, by ${gets.rule}` : `is refused: ${gets.refusal}`}`,
      JSON.stringify(gets.preflight, null, 2),
    ].join('\n'),
  )
})

async function save(confirm) {
  const { ok, body } = await send('PUT', '/_tenant', { policy: JSON.parse(at('policy').value), version, confirm })
  at('confirm').hidden = true
  if (ok) {
    needed = []
    show(body.document)
    return tell('done', `saved as version ${version}`)
  }
  if (body.code === 'widening' || body.code === 'lock-out') {
    needed = [...confirm, body.code]
    at('confirm').hidden = false
  }
  tell('refused', `${body.code}: ${body.detail}`)
}

does('save', () => save([]))
does('confirm', () => save(needed))
