/** Whether the sources are mutated. What measures time says nothing then, and is skipped. */
export const isMutating = process.env.MUTATION_TESTS !== undefined
