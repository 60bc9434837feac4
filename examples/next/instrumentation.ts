// Next overwrites the `Vary` of a proxy on pages, and redirects before it. Where headers leave Node nothing is lost any more.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./stamp')
}
