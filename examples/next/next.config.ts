import type { NextConfig } from 'next'

// A redirect that adds or cuts a slash comes before the proxy, and no browser follows a redirect of a preflight.
const config: NextConfig = { skipTrailingSlashRedirect: true }

export default config
