// Node strips types and knows no decorators: they are called as the functions that they are.
import 'reflect-metadata'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { All, Controller, Module, NotFoundException, Req, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { cors } from 'corsmith/node'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { tryAll } from '../../conformance/construct.ts'
import { middleware, respond } from './frameworks.ts'
import { answerNode } from './node.ts'
import { upgradeWith } from './websocket.ts'

const [, , port, platform] = process.argv
const isFastify = platform === 'fastify'

class AppController {
  async answer(req: never, res: never): Promise<void> {
    const isAnswered = await (isFastify ? withFastify(req, res) : withExpress(req, res))
    if (!isAnswered) throw new NotFoundException()
  }
}

async function withExpress(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  if (req.url !== '/constructed') return answerNode(req, res)
  res.end(JSON.stringify(tryAll((policy) => cors(policy))))
  return true
}

async function withFastify(req: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const response = await respond(req.method, req.url, req.headers, (req.body as string | undefined) ?? '')
  if (response !== null) await reply.send(response)
  return response !== null
}

class AppModule {}

const method = Object.getOwnPropertyDescriptor(AppController.prototype, 'answer')
Reflect.defineMetadata('design:paramtypes', [Object, Object], AppController.prototype, 'answer')
Req()(AppController.prototype, 'answer', 0)
Res()(AppController.prototype, 'answer', 1)
All(isFastify ? '*' : '{*path}')(AppController.prototype, 'answer', method as PropertyDescriptor)
Controller()(AppController)
Module({ controllers: [AppController] })(AppModule)

const handle = middleware()
const adapter = isFastify
  ? new FastifyAdapter({
      // What Fastify answers before its hooks: a path that cannot be decoded.
      frameworkErrors: (error: FastifyError, req: FastifyRequest, reply: FastifyReply) =>
        handle(req.raw, reply.raw, () => reply.send(error)),
    })
  : new ExpressAdapter()
const app = await NestFactory.create(AppModule, adapter, { bodyParser: false, logger: false })
if (isFastify) {
  const fastify = (adapter as FastifyAdapter).getInstance()
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (_req, body, done) => done(null, body))
}
app.use(handle)
await app.listen(Number(port), '127.0.0.1')
upgradeWith(app.getHttpServer())
