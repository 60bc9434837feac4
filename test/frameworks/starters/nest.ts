/** What `nest new` writes, as far as this application needs it. */
const CONTROLLER = `import { Body, Controller, Get, Put } from '@nestjs/common'

@Controller('api/items')
export class AppController {
  @Get()
  list() {
    return [{ name: 'lamp' }]
  }

  @Put()
  save(@Body() body: object) {
    return body
  }
}
`

const MODULE = `import { Module } from '@nestjs/common'
import { AppController } from './app.controller'

@Module({ controllers: [AppController] })
export class AppModule {}
`

const COMPILER = {
  module: 'nodenext',
  moduleResolution: 'nodenext',
  target: 'es2023',
  outDir: 'dist',
  rootDir: 'src',
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  strict: true,
  skipLibCheck: true,
}

export const NEST_STARTER: Readonly<Record<string, string>> = {
  'src/app.controller.ts': CONTROLLER,
  'src/app.module.ts': MODULE,
  'tsconfig.json': JSON.stringify({ compilerOptions: COMPILER, include: ['src'] }),
}
