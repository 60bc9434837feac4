/**
 * Bytes in a buffer of their own, which every API of the platform takes: what compilers since TypeScript 5.7 write as
 * `Uint8Array<ArrayBuffer>`. Older ones do not know that name, and their users compile these declarations too.
 */
export type Bytes = ReturnType<typeof Uint8Array.of>
