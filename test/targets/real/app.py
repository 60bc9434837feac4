# Applications with what was pasted into them: the framework, and pairs of a port and a text as JSON on standard input. They speak CORS
# themselves, and wrongly.
import json
import sys
import threading

framework = sys.argv[1]
with open(sys.argv[2]) as file:
    spots = json.load(file)
WRONG = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': '*, PURGE, DELETE',
    'Access-Control-Allow-Headers': '*, X-Secret, Authorization',
    'Access-Control-Expose-Headers': '*, X-Secret',
    'Access-Control-Max-Age': '86400',
    'ETag': '"1"',
    'Vary': 'Accept-Encoding',
}
METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PURGE']


def threads(serves):
    running = [threading.Thread(target=serve) for serve in serves]
    for each in running:
        each.start()
    for each in running:
        each.join()


def run_flask():
    from flask import Flask, redirect, request
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log(self, *args):
            pass

    def made(text):
        app = Flask(__name__)
        exec(text, {'app': app})

        @app.before_request
        def login():
            if request.method == 'OPTIONS' or request.path.startswith('/closed'):
                return 'no', 401, WRONG

        @app.route('/<path:path>', methods=METHODS)
        def answer(path):
            if path.startswith('error'):
                raise RuntimeError('no')
            if path.startswith('moved'):
                return redirect('/x')
            if path.startswith('stream'):
                return (part for part in ['a', 'b', 'c']), 200, WRONG
            return 'ok', 404 if path.startswith('missing') else 200, WRONG

        return app

    threads([make_server('127.0.0.1', port, made(text), request_handler=Quiet).serve_forever for port, text in spots])


def run_django(rest):
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from django.conf import settings
    from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
    from django.urls import re_path

    def login(get_response):
        def middleware(request):
            if request.method == 'OPTIONS' or request.path.startswith('/closed'):
                return HttpResponse('no', status=401)
            return get_response(request)

        return middleware

    module = sys.modules['__main__']
    module.login = login
    def made(text):
        scope = {'INSTALLED_APPS': [], 'MIDDLEWARE': ['__main__.login', 'django.middleware.common.CommonMiddleware']}
        exec(text, scope)
        return {key: value for key, value in scope.items() if key.isupper()}

    settings_of = {port: made(text) for port, text in spots}
    first = settings_of[spots[0][0]]
    settings.configure(DEBUG=False, ALLOWED_HOSTS=['*'], SECRET_KEY='x', ROOT_URLCONF='__main__', REST_FRAMEWORK={'UNAUTHENTICATED_USER': None}, **first)
    import django

    django.setup()

    def view(request):
        if request.path.startswith('/error'):
            raise RuntimeError('no')
        if request.path.startswith('/moved'):
            return HttpResponseRedirect('/x')
        if request.path.startswith('/stream'):
            return StreamingHttpResponse(['a', 'b', 'c'], headers={'ETag': '"1"'})
        response = HttpResponse('ok', status=404 if request.path.startswith('/missing') else 200)
        response['ETag'] = '"1"'
        response['Vary'] = 'Accept-Encoding'
        return response

    if rest:
        from rest_framework.exceptions import NotFound
        from rest_framework.response import Response
        from rest_framework.views import APIView

        class View(APIView):
            authentication_classes = []

            def answer(self, request):
                if request.path.startswith('/error'):
                    raise RuntimeError('no')
                if request.path.startswith('/missing'):
                    raise NotFound
                if request.path.startswith('/moved'):
                    return HttpResponseRedirect('/x')
                return Response({'detail': 'ok'}, headers={'ETag': '"1"', 'Vary': 'Accept-Encoding'})

            get = post = put = delete = purge = answer
            http_method_names = ['get', 'post', 'put', 'delete', 'purge', 'options']

        module.urlpatterns = [re_path('', View.as_view())]
    else:
        from django.views.decorators.csrf import csrf_exempt

        module.urlpatterns = [re_path('', csrf_exempt(view))]
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    application = get_wsgi_application()
    lock = threading.Lock()

    # The settings of the middleware are read at each request, so each port has its own.
    def of_port(environ, start_response):
        with lock:
            for key, value in settings_of[int(environ['SERVER_PORT'])].items():
                if key.startswith('CORS_'):
                    setattr(settings, key, value)
            return application(environ, start_response)

    threads([make_server('127.0.0.1', port, of_port, handler_class=Quiet).serve_forever for port, _ in spots])


def run_fastapi():
    import socket

    import uvicorn
    from fastapi import FastAPI
    from fastapi.responses import PlainTextResponse, RedirectResponse, StreamingResponse

    def made(text):
        app = FastAPI()

        @app.middleware('http')
        async def login(request, call_next):
            if request.method == 'OPTIONS' or request.url.path.startswith('/closed'):
                return PlainTextResponse('no', status_code=401, headers=WRONG)
            return await call_next(request)

        scope = {'app': app}
        exec(text, scope)
        # What `fastapi run` looks for.
        assert isinstance(scope['app'], FastAPI)

        @app.api_route('/{path:path}', methods=METHODS)
        def answer(path: str):
            if path.startswith('error'):
                raise RuntimeError('no')
            if path.startswith('moved'):
                return RedirectResponse('/x', status_code=302)
            if path.startswith('stream'):
                return StreamingResponse(iter(['a', 'b', 'c']), headers=WRONG)
            return PlainTextResponse('ok', status_code=404 if path.startswith('missing') else 200, headers=WRONG)

        return app

    apps = {port: made(text) for port, text in spots}

    async def of_port(scope, receive, send):
        await apps[scope['server'][1]](scope, receive, send)

    def listener(port):
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(('127.0.0.1', port))
        return made

    config = uvicorn.Config(of_port, log_level='critical', lifespan='off')
    uvicorn.Server(config).run(sockets=[listener(port) for port, _ in spots])


{
    'flask': run_flask,
    'django': lambda: run_django(False),
    'drf': lambda: run_django(True),
    'fastapi': run_fastapi,
}[framework]()
