# A FastAPI application: port, then a mistake by name or a snippet as JSON (what the printed configuration would say).
import json
import sys

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware

port, mode = int(sys.argv[1]), sys.argv[2]
ORIGIN = 'https://app.example.com'
MISTAKES = {
    'bare': None,
    'unlisted': {'allow_origins': ['https://other.example.com'], 'allow_methods': ['*']},
    'headers': {'allow_origins': [ORIGIN], 'allow_methods': ['*'], 'allow_headers': ['Content-Type']},
    'methods': {'allow_origins': [ORIGIN], 'allow_methods': ['GET']},
    'guarded': {'allow_origins': ['*'], 'allow_methods': ['*'], 'allow_headers': ['*']},
    'guarded-but-options': {'allow_origins': ['*'], 'allow_methods': ['*'], 'allow_headers': ['*']},
    'right': {'allow_origins': [ORIGIN], 'allow_methods': ['*'], 'allow_headers': ['*']},
}

app = FastAPI()


@app.api_route('/items', methods=['GET', 'PUT'])
def items():
    return {'ok': True}


@app.get('/throws')
def throws():
    raise RuntimeError('no')


@app.api_route('/slash/', methods=['GET', 'PUT'])
def slash():
    return {'ok': True}


if mode not in MISTAKES:
    scope = {'app': app}
    exec(json.loads(mode), scope)
    app = scope['app']
    # What `fastapi run` looks for, and what stands below the pasted lines in a real file.
    assert isinstance(app, FastAPI)

    @app.get('/below')
    def below():
        return {'ok': True}
elif MISTAKES[mode] is not None:
    app.add_middleware(CORSMiddleware, **MISTAKES[mode])

if mode.startswith('guarded'):
    # Added last, so it runs first: outside of the CORS middleware.
    @app.middleware('http')
    async def guard(request: Request, call_next):
        passes = request.method == 'OPTIONS' and mode == 'guarded-but-options'
        if not passes and request.headers.get('authorization') != 'Bearer good':
            return Response(status_code=401, content='Token not valid')
        return await call_next(request)

uvicorn.run(app, host='127.0.0.1', port=port, log_level='critical')
