/** Applications of Python's frameworks with printed code in them, many in one process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchKept } from '../../support/launched.ts'
import { findPythonModule } from '../../support/programs.ts'
import { type Farm, freePorts, listening, type Open } from './farm.ts'

const PYTHON = '/usr/bin/python3'

const [flask, flaskCors, django, corsheaders, rest, fastapi, uvicorn] = await Promise.all([
  findPythonModule('Flask', 'flask', 'apt-get install python3-flask'),
  findPythonModule('Flask-CORS', 'flask_cors', 'apt-get install python3-flask-cors'),
  findPythonModule('Django', 'django', 'apt-get install python3-django'),
  findPythonModule('django-cors-headers', 'corsheaders', 'apt-get install python3-django-cors-headers'),
  findPythonModule('Django REST framework', 'rest_framework', 'apt-get install python3-djangorestframework'),
  findPythonModule('FastAPI', 'fastapi', 'apt-get install python3-fastapi'),
  findPythonModule('uvicorn', 'uvicorn', 'apt-get install python3-uvicorn'),
])

/** What each framework needs. */
export const NEEDS = {
  flask: [flask, flaskCors],
  django: [django, corsheaders],
  drf: [django, corsheaders, rest],
  fastapi: [fastapi, uvicorn],
} as const

/** Starts applications of a framework, each with a text in it. */
export function openPython(framework: keyof typeof NEEDS): Open {
  return async (texts): Promise<Farm> => {
    const folder = mkdtempSync(join(tmpdir(), 'corsmith-python-'))
    const ports = await freePorts(texts.length)
    writeFileSync(join(folder, 'spots.json'), JSON.stringify(texts.map((text, i) => [ports[i], text])))
    const script = join(import.meta.dirname, 'app.py')
    const command = launchKept(PYTHON, [script, framework, join(folder, 'spots.json')])
    const origins = ports.map((port) => `http://127.0.0.1:${port}`)
    for (const origin of [origins[0], origins.at(-1)]) await listening(command, `${origin}/`, texts.join('\n'))
    return {
      origins,
      close: async () => {
        await command.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
}
