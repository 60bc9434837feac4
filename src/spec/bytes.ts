/**
 * `Uint8Array<ArrayBuffer>`, the bytes that every API of the platform accepts. TypeScript before
 * 5.7 does not know that name, and its users compile these declarations too.
 */
export type Bytes = ReturnType<typeof Uint8Array.of>
