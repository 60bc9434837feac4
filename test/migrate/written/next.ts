// How public projects write CORS headers in the configuration of Next.js. Details are replaced.
import type { Shape } from './scripts.ts'

const line = (name: string, value: string, q = '"') =>
  `{ key: ${q}Access-Control-${name}${q}, value: ${q}${value}${q} }`

/** Each stands in an application of its own. */
export const NEXT: readonly Shape[] = [
  {
    name: 'an entry beside other headers and options',
    text: `/** @type {import('next').NextConfig} */
const nextConfig = {
  reactStrictMode: true,
  async headers() {
    return [
      {
        source: "/(.*)",
        headers: [{ key: "X-Frame-Options", value: "DENY" }],
      },
      {
        // Allow CORS for all API routes
        source: "/api/:path*",
        headers: [
          ${line('Allow-Origin', 'https://app.example.com')},
          ${line('Allow-Credentials', 'true')},
          ${line('Allow-Methods', 'GET,OPTIONS,PATCH,DELETE,POST,PUT')},
          ${line('Allow-Headers', 'X-CSRF-Token, Content-Type, Authorization')},
          { key: "Cache-Control", value: "no-store" },
        ],
      },
    ];
  },
};

export default nextConfig;
`,
  },
  {
    name: 'several entries, tabs, and a widget for everybody',
    text: `export default {\n\theaders: async () => [\n\t\t{ source: '/embed/:id', headers: [${line('Allow-Origin', '*', "'")}] },\n\t\t{\n\t\t\tsource: '/api/:path*',\n\t\t\theaders: [\n\t\t\t\t${line('Allow-Origin', 'https://app.example.com', "'")},\n\t\t\t\t${line('Allow-Methods', 'PUT', "'")},\n\t\t\t\t${line('Max-Age', '600', "'")},\n\t\t\t\t{ key: 'Vary', value: 'Origin' },\n\t\t\t],\n\t\t},\n\t\t{ source: '/open/x', headers: [${line('Allow-Origin', '*', "'")}, ${line('Expose-Headers', 'ETag', "'")}] },\n\t],\n}\n`,
  },
  {
    name: 'a narrower entry behind a wider one',
    text: `const origin = 'https://app.example.com'\nexport default {\n  async headers() {\n    return [\n      { source: '/:path*', headers: [{ key: 'Access-Control-Allow-Origin', value: '*' }] },\n      { source: '/api/:path*', headers: [{ key: 'Access-Control-Allow-Origin', value: origin }, ${line('Allow-Credentials', 'true', "'")}] },\n    ]\n  },\n}\n`,
  },
  {
    name: 'Windows line endings and quoted keys',
    text: `export default {\n  "headers": async () => {\n    return [\n      {\n        "source": "/api/x",\n        "headers": [\n          { "key": "Access-Control-Allow-Origin", "value": "https://app.example.com" },\n          { "key": "Access-Control-Allow-Headers", "value": "Content-Type" }\n        ]\n      }\n    ]\n  }\n}\n`.replaceAll(
      '\n',
      '\r\n',
    ),
  },
  {
    name: 'every path',
    text: `const config = {\n  async headers() {\n    return [{ source: '/:path*', headers: [${line('Allow-Origin', 'https://app.example.com', "'")}, ${line('Allow-Methods', 'GET, POST', "'")}] }];\n  },\n};\nexport default config;\n`,
  },
]
