// What is printed for Python's frameworks, in applications that ask for a login first and set headers of their own.
import { join } from 'node:path'
import { describeWith } from '../../../support/component.ts'
import { launchKept } from '../../../support/launched.ts'
import { findPythonModule } from '../../../support/programs.ts'
import { freePort } from '../../servers/nginx.ts'
import type { Stage } from '../../stage.ts'
import { listening } from './components.ts'
import { type Manners, provesAll } from './proofs.ts'

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

const starting =
  (framework: string) =>
  async (text: string): Promise<Stage> => {
    const port = await freePort()
    const script = join(import.meta.dirname, 'app.py')
    const command = launchKept(PYTHON, [script, framework, String(port), JSON.stringify(text)])
    await listening(command, `http://127.0.0.1:${port}/`, text)
    return { origin: `http://127.0.0.1:${port}`, close: () => command.close() }
  }

// Before version 4 it tells everybody that credentials are allowed, which without an origin allows nothing.
const OLD_DJANGO: Manners = { tells: /^access-control-allow-credentials$/i }

describeWith([flask, flaskCors], 'what is printed for Flask, in the real one', () => {
  provesAll('flask', starting('flask'))
})

describeWith([django, corsheaders], 'what is printed for Django, in the real one', () => {
  provesAll('django', starting('django'), OLD_DJANGO)
})

describeWith([django, corsheaders, rest], 'what is printed for Django, in Django REST framework', () => {
  provesAll('django', starting('drf'), OLD_DJANGO)
})

describeWith([fastapi, uvicorn], 'what is printed for FastAPI, in the real one', () => {
  provesAll('fastapi', starting('fastapi'))
})
