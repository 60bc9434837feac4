import { place } from '../target.ts'

/** Where a fault can be, and for which there is nothing to paste: switches of a platform, a network, the page. */
export const PLACES = [
  place('azure', 'Azure App Service'),
  place('cloudrun', 'Cloud Run'),
  place('cloudflare', 'Cloudflare'),
  place('codespaces', 'Codespaces or Gitpod'),
  place('waf', 'the firewall'),
  place('tunnel', 'the tunnel'),
  place('gateway', 'the gateway'),
  place('server', 'the server'),
  place('network', 'the network'),
  place('client', 'the page'),
] as const
