// What is printed for S3, put into buckets of a local S3.
import { describeWith } from '../../support/component.ts'
import { provesAll } from './proofs.ts'
import { localS3, openS3 } from './s3-farm.ts'

describeWith([localS3], 'what is printed for S3, in LocalStack', () => {
  provesAll('s3', openS3)
})
