/** What tells `npm start` to stop. */

const POLL = 250
/** Within this time two signals are one Ctrl-C: a terminal sends it to npm and to us, and npm passes its own on. */
const SAME_KEY = 500

/**
 * Returns a signal that aborts when this process is asked to end, with what asked as its reason. Asked once more, the process
 * ends at once; the keeper of the worker sees that and ends the rest.
 */
export function whenAsked(): AbortSignal {
  const controller = new AbortController()
  let asked = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (asked === 0) asked = Date.now()
      else if (Date.now() - asked > SAME_KEY) process.exit(130)
      controller.abort(name)
    })
  }
  // npm runs its scripts through a shell that keeps a signal to itself, and npm may be killed outright. Either way this process
  // then gets another parent. Without npm that means nothing: a shell may leave what it started running.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event !== undefined)
    setInterval(() => {
      if (process.ppid !== parent) controller.abort('npm has ended')
    }, POLL).unref()
  return controller.signal
}
