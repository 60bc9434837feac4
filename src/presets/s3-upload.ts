import { type Preset, preset } from './preset.ts'

/**
 * Uploads to S3 or a store that speaks its protocol, with signed URLs or `@aws-sdk/client-s3`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 */
export const s3Upload: Preset = /* @__PURE__ */ preset({
  name: 's3Upload',
  methods: ['DELETE', 'PUT'],
  requestHeaders: ['Amz-Sdk-*', 'Authorization', 'Content-MD5', 'Content-Type', 'X-Amz-*'],
  exposedHeaders: ['ETag', 'X-Amz-*'],
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html',
  date: '2026-11-28',
})
