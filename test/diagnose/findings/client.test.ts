import { describe } from 'vitest'
import { always, type Case, MARK, right, run } from './case.ts'

const API = 'https://api.example.com/items'

const CASES: readonly Case[] = [
  {
    code: 'mixed-content',
    request: { url: 'http://api.example.com/items' },
    server: right,
    miss: { request: { url: 'http://127.0.0.1/items' } },
  },
  { code: 'same-origin-mode', request: { mode: 'same-origin' }, server: right, miss: { request: { mode: 'cors' } } },
  {
    code: 'no-cors-mode',
    request: { mode: 'no-cors' },
    server: right,
    miss: { request: { mode: 'no-cors', initiator: 'script' } },
  },
  {
    code: 'request-header-forbidden',
    request: { headers: { Host: 'other.example', 'Sec-Fetch-Site': 'same-origin' } },
    server: right,
    miss: { request: { headers: { 'X-Host': 'other.example' } } },
  },
  {
    code: 'resource-policy',
    request: { mode: 'no-cors', url: 'https://elsewhere.org/x' },
    server: always(200, [['Cross-Origin-Resource-Policy', 'same-origin']]),
    miss: { server: always(200, [['Cross-Origin-Resource-Policy', 'cross-origin']]) },
  },
  {
    code: 'opaque-response-blocking',
    request: { mode: 'no-cors', initiator: 'script' },
    server: always(200, [
      ['Content-Type', 'application/json'],
      ['X-Content-Type-Options', 'nosniff'],
    ]),
    miss: { server: always(200, [['Content-Type', 'text/javascript']]) },
  },
  {
    code: 'same-origin',
    request: { url: 'https://app.example.com/x' },
    server: right,
    miss: { request: { url: API } },
  },
  {
    code: 'dev-proxy-bypassed',
    request: { origin: 'http://localhost:5173' },
    server: always(200),
    miss: { server: always(200, [MARK]) },
  },
  { code: 'local-network', request: { url: 'https://192.168.1.10/' }, server: right, miss: { request: { url: API } } },
  {
    code: 'insecure-local-network',
    request: { url: 'http://192.168.1.10/', origin: 'http://app.example.com' },
    server: always(200, [['Access-Control-Allow-Origin', '*']]),
    miss: { request: { url: 'http://192.168.1.10/', origin: 'http://192.168.1.11' } },
  },
  {
    code: 'answer-not-recorded',
    request: { transport: async () => ({ kind: 'blocked', detail: 'net::ERR_FAILED' }) },
    server: right,
    miss: { request: { transport: async () => ({ kind: 'failed', detail: 'net::ERR_FAILED' }) } },
  },
  {
    code: 'html-instead-of-data',
    server: always(200, [['Content-Type', 'text/html']], '<!doctype html><title>x</title>'),
    miss: { server: always(200, [['Content-Type', 'application/json']], '{}') },
  },
  {
    code: 'client-certificate',
    request: { method: 'PUT' },
    server: always(400, [], '<h1>400 Bad Request</h1> No required SSL certificate was sent'),
    miss: { server: always(400, [], 'Bad Request') },
  },
  {
    code: 'bad-port',
    request: { url: 'http://api.example.com:6000/', origin: 'http://app.example.com' },
    server: right,
    miss: { request: { url: 'http://api.example.com:6001/' } },
  },
]

describe('findings about the page', () => run(CASES))
