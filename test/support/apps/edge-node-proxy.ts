// The proxy as a server of node:http, under any runtime that has it.
import type { AddressInfo } from 'node:net'
import { createProxyServer } from '../../../adapters/node-proxy.ts'
import { proxyOptionsFromEnv } from '../../../src/proxy.ts'

const server = createProxyServer(proxyOptionsFromEnv(JSON.parse(process.argv[2] ?? '{}')))
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
