/** What {@link withDeadline} rejects with. */
export const LATE: unique symbol = Symbol('late')

/** Rejects with {@link LATE} where a Promise takes too long. */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(LATE), ms)
  })
  return Promise.race([work, late]).finally(() => {
    if (timer !== undefined) clearTimeout(timer)
  })
}
