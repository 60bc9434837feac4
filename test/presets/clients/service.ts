// A service, described as the compiler of Protocol Buffers would.
import { createFileRegistry, fromJson } from '@bufbuild/protobuf'
import { FileDescriptorSetSchema, file_google_protobuf_wrappers } from '@bufbuild/protobuf/wkt'

const STRING = '.google.protobuf.StringValue'
const method = (name: string, serverStreaming: boolean) => ({
  name,
  inputType: STRING,
  outputType: STRING,
  serverStreaming,
})
const set = fromJson(FileDescriptorSetSchema, {
  file: [
    {
      name: 'eliza.proto',
      package: 'test',
      syntax: 'proto3',
      dependency: ['google/protobuf/wrappers.proto'],
      service: [{ name: 'Eliza', method: [method('Say', false), method('Listen', true)] }],
    },
  ],
})
set.file.unshift(file_google_protobuf_wrappers.proto)
const service = createFileRegistry(set).getService('test.Eliza')
if (service === undefined) throw new Error('the service is not described')
// biome-ignore lint/suspicious/noExplicitAny: a description made at run time has no type of its own.
export const ElizaService: any = service
