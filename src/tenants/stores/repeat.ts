/** How long a watch that broke off rests, in milliseconds. */
const REST_MS = 1000

/**
 * Keeps a watch going until it is stopped. Where it breaks off, it begins again. A watch itself says
 * what may have changed before it stood.
 *
 * @param watch watches until it breaks off, or until the Promise that it gets resolves
 * @returns a function that stops it
 */
export function repeat(
  watch: (isOver: Promise<void>) => Promise<unknown>,
  failed: (error: unknown) => void,
): () => void {
  let isStopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = () => {}
  const isOver = new Promise<void>((resolve) => {
    stop = resolve
  })
  const start = async (): Promise<void> => {
    try {
      await watch(isOver)
    } catch (error) {
      if (!isStopped) failed(error)
    }
    if (!isStopped) timer = setTimeout(start, REST_MS)
  }
  start()
  return () => {
    isStopped = true
    if (timer !== undefined) clearTimeout(timer)
    stop()
  }
}
