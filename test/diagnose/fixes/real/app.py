# An application with what was pasted into it: the framework, the port, the text as JSON. It speaks CORS itself, and wrongly.
import json
import sys

framework, port, text = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
WRONG = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': '*, PURGE, DELETE',
    'Access-Control-Allow-Headers': '*, X-Secret, Authorization',
    'Access-Control-Expose-Headers': '*, X-Secret',
    'Access-Control-Max-Age': '86400',
    'ETag': '"1"',
}
METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PURGE']


def run_flask():
    from flask import Flask, request

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
        return 'ok', 404 if path.startswith('missing') else 200, WRONG

    app.run('127.0.0.1', port, debug=False)


def run_django(rest):
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from django.conf import settings
    from django.http import HttpResponse
    from django.urls import re_path

    def login(get_response):
        def middleware(request):
            if request.method == 'OPTIONS' or request.path.startswith('/closed'):
                return HttpResponse('no', status=401)
            return get_response(request)

        return middleware

    module = sys.modules['__main__']
    module.login = login
    scope = {'INSTALLED_APPS': [], 'MIDDLEWARE': ['__main__.login', 'django.middleware.common.CommonMiddleware']}
    exec(text, scope)
    own = {key: value for key, value in scope.items() if key.isupper()}
    settings.configure(DEBUG=False, ALLOWED_HOSTS=['*'], SECRET_KEY='x', ROOT_URLCONF='__main__', **own)
    import django

    django.setup()

    def view(request):
        if request.path.startswith('/error'):
            raise RuntimeError('no')
        response = HttpResponse('ok', status=404 if request.path.startswith('/missing') else 200)
        response['ETag'] = '"1"'
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
                return Response({'detail': 'ok'}, headers={'ETag': '"1"'})

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

    make_server('127.0.0.1', port, get_wsgi_application(), handler_class=Quiet).serve_forever()


def run_fastapi():
    import uvicorn
    from fastapi import FastAPI, Request
    from fastapi.responses import PlainTextResponse

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
        return PlainTextResponse('ok', status_code=404 if path.startswith('missing') else 200, headers=WRONG)

    uvicorn.run(app, host='127.0.0.1', port=port, log_level='critical')


{
    'flask': run_flask,
    'django': lambda: run_django(False),
    'drf': lambda: run_django(True),
    'fastapi': run_fastapi,
}[framework]()
