// What the tests use of `supertest`, which ships no types.
declare module 'supertest' {
  interface Pending extends PromiseLike<{ readonly status: number; readonly headers: Record<string, string> }> {
    set(headers: Readonly<Record<string, string>>): Pending
  }

  export default function request(
    application: (...args: never[]) => unknown,
  ): Record<'get' | 'post' | 'options', (path: string) => Pending>
}
