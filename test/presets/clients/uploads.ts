// Resumable uploads with tus, and uploads to S3.
import type * as S3 from '@aws-sdk/client-s3'
import { s3Upload, tus } from '../../../src/presets.ts'
import { forBrowsers } from './bundled.ts'
import { API, type ClientRun } from './run-of.ts'

const { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } =
  await forBrowsers<typeof S3>('@aws-sdk/client-s3')

/** A server of tus 1.0, and of the draft of the IETF. */
const tusServer: ClientRun['server'] = () => {
  const files = new Map<string, number>()
  return async (request) => {
    const size = (await request.arrayBuffer()).byteLength
    const { pathname } = new URL(request.url)
    const sent = files.get(pathname) ?? 0
    if (request.method === 'POST') {
      const path = `/files/${files.size}`
      files.set(path, size)
      const headers = { Location: path, 'Upload-Offset': String(size), 'Tus-Resumable': '1.0.0' }
      return new Response(null, { status: 201, headers })
    }
    if (request.method === 'DELETE') return new Response(null, { status: 204 })
    if (request.method === 'HEAD')
      return new Response(null, {
        status: 200,
        headers: { 'Upload-Offset': '2', 'Upload-Length': '5', 'Upload-Complete': '?0', 'Tus-Resumable': '1.0.0' },
      })
    files.set(pathname, (request.headers.get('Upload-Offset') === '2' ? 2 : sent) + size)
    return new Response(null, { status: 204, headers: { 'Upload-Offset': String(files.get(pathname)) } })
  }
}

/** Headers of an answer that the client leaves to its application. */
const TUS_ANSWER = [
  ['Tus-Version', '1.0.0'],
  ['Tus-Resumable', '1.0.0'],
  ['Tus-Extension', 'creation,checksum,expiration'],
  ['Tus-Max-Size', '1000'],
  ['Tus-Checksum-Algorithm', 'sha1'],
  ['Upload-Expires', 'Wed, 25 Nov 2026 16:00:00 GMT'],
  ['Upload-Metadata', 'filename YS50eHQ='],
] as const

interface TusUpload {
  readonly url: string | null
  start(): void
  abort(shouldTerminate: boolean): Promise<void>
}
type Tus = { Upload: new (file: Blob, options: object) => TusUpload }

async function upload(
  options: object,
  after: (upload: TusUpload) => Promise<unknown> = async () => undefined,
): Promise<unknown> {
  const { Upload }: Tus = await import('tus-js-client/lib.esm/browser/index.js')
  const log: string[] = []
  await new Promise<void>((resolve, reject) => {
    const it = new Upload(new Blob(['hello']), {
      endpoint: `${API}/files`,
      retryDelays: null,
      metadata: { filename: 'a.txt' },
      onSuccess: () => after(it).then(() => resolve(log.push(String(it.url)) as never), reject),
      onChunkComplete: (_size: number, accepted: number, total: number) => log.push(`${accepted}/${total}`),
      onError: reject,
      ...options,
    })
    it.start()
  })
  return log
}

const s3Server: ClientRun['server'] = () => (request) =>
  new Response(request.method === 'GET' ? 'hello' : null, {
    headers: { ETag: '"e"', 'X-Amz-Request-Id': 'r', 'X-Amz-Version-Id': 'v', 'X-Amz-Checksum-CRC32': 'NhCmhg==' },
  })

export const runs: readonly ClientRun[] = [
  {
    preset: tus,
    client: 'tus-js-client',
    does: 'uploads with a token and an id of the request, and deletes the upload',
    server: tusServer,
    use: () => upload({ headers: { Authorization: 'Bearer t' }, addRequestId: true }, (it) => it.abort(true)),
  },
  {
    preset: tus,
    client: 'tus-js-client',
    does: 'sends a checksum, and reads what the server can do and when the upload expires',
    server: () => {
      const handler = tusServer()
      return async (request) => {
        const answer = await handler(request)
        for (const [name, value] of TUS_ANSWER) answer.headers.set(name, value)
        return answer
      }
    },
    use: async () => {
      const read: unknown[] = []
      await upload({
        onBeforeRequest: (request: { setHeader(name: string, value: string): void }) =>
          request.setHeader('Upload-Checksum', 'sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00='),
        onAfterResponse: (_request: unknown, response: { getHeader(name: string): unknown }) =>
          void read.push(TUS_ANSWER.map(([name]) => response.getHeader(name))),
      })
      return read
    },
  },
  {
    preset: tus,
    client: 'tus-js-client',
    does: 'resumes an upload',
    server: tusServer,
    use: () => upload({ uploadUrl: `${API}/files/0` }),
  },
  {
    preset: tus,
    client: 'tus-js-client',
    does: 'uploads in two parts that are joined',
    server: tusServer,
    use: () => upload({ parallelUploads: 2 }),
  },
  {
    preset: tus,
    client: 'tus-js-client',
    does: 'uploads a file of unknown length',
    server: tusServer,
    use: () => upload({ uploadLengthDeferred: true, chunkSize: 5 }),
  },
  {
    preset: tus,
    client: 'tus-js-client',
    does: 'uploads by the draft of the IETF',
    server: tusServer,
    use: () => upload({ protocol: 'ietf-draft-05' }),
  },
  {
    preset: s3Upload,
    client: '@aws-sdk/client-s3',
    does: 'puts, gets and deletes an object, and reads its tag, version and checksum',
    server: s3Server,
    use: async () => {
      const client = new S3Client({
        region: 'us-east-1',
        endpoint: API,
        forcePathStyle: true,
        maxAttempts: 1,
        credentials: { accessKeyId: 'a', secretAccessKey: 's' },
      })
      const at = { Bucket: 'b', Key: 'k' }
      const { ETag, VersionId, ChecksumCRC32, $metadata } = await client.send(
        new PutObjectCommand({
          ...at,
          Body: 'hello',
          ContentType: 'application/json',
          ContentMD5: 'XUFAKrxLKna5cZ2REBfFkg==',
        }),
      )
      await client.send(new GetObjectCommand(at))
      await client.send(new DeleteObjectCommand(at))
      return [ETag, VersionId, ChecksumCRC32, $metadata.requestId]
    },
  },
]
