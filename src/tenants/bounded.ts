/** A map that holds a limited number of entries. */
export interface Bounded<V> {
  readonly size: number
  get(key: string): V | undefined
  set(key: string, value: V): void
  delete(key: string): void
  clear(): void
  values(): Iterable<V>
}

interface Slot<V> {
  value: V
  isUsed: boolean
}

/**
 * Makes a map that lets go of an entry that was not used for long. A use sets a mark, and costs no
 * more; the search for a victim gives a marked entry a second chance. An exact order would move an
 * entry at every request.
 */
export function createBounded<V>(limit: number): Bounded<V> {
  const slots = new Map<string, Slot<V>>()

  function evict(): void {
    for (const [key, slot] of slots) {
      slots.delete(key)
      if (!slot.isUsed) return
      slot.isUsed = false
      slots.set(key, slot)
    }
  }

  return {
    get size() {
      return slots.size
    },
    get(key) {
      const slot = slots.get(key)
      if (slot === undefined) return undefined
      slot.isUsed = true
      return slot.value
    },
    set(key, value) {
      const slot = slots.get(key)
      if (slot !== undefined) {
        slot.value = value
        return
      }
      if (slots.size >= limit) evict()
      slots.set(key, { value, isUsed: false })
    },
    delete: (key) => {
      slots.delete(key)
    },
    clear: () => slots.clear(),
    *values() {
      for (const { value } of slots.values()) yield value
    },
  }
}
