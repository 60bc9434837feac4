# A Django application: port, then 'bare', 'misordered', 'unlisted' or a snippet as JSON (what the printed settings would say), then
# 'authenticated' to put authentication into the MIDDLEWARE that the snippet finds.
import json
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import path

port, mode = int(sys.argv[1]), sys.argv[2]


def authenticate(get_response):
    def middleware(request):
        if request.headers.get('Authorization') is None:
            return HttpResponse('no', status=401, headers={'WWW-Authenticate': 'Bearer'})
        return get_response(request)

    return middleware


def items(request):
    return JsonResponse({'ok': True})


COMMON = ['django.middleware.common.CommonMiddleware', 'django.middleware.csrf.CsrfViewMiddleware']
CORS = 'corsheaders.middleware.CorsMiddleware'
options = dict(
    DEBUG=False,
    ALLOWED_HOSTS=['*'],
    SECRET_KEY='x',
    ROOT_URLCONF=__name__,
    MIDDLEWARE=COMMON,
)
if mode == 'misordered':
    options.update(MIDDLEWARE=[f'{__name__}.authenticate', CORS, *COMMON], CORS_ALLOWED_ORIGINS=['https://app.example.com'], INSTALLED_APPS=['corsheaders'])
elif mode == 'unlisted':
    options.update(MIDDLEWARE=[CORS, *COMMON], CORS_ALLOWED_ORIGINS=['https://other.example.com'], INSTALLED_APPS=['corsheaders'])
elif mode != 'bare':
    before = [f'{__name__}.authenticate'] if 'authenticated' in sys.argv else []
    scope = {'MIDDLEWARE': [*before, *COMMON], 'INSTALLED_APPS': []}
    exec(json.loads(mode), scope)
    options.update({key: value for key, value in scope.items() if key.isupper()})

settings.configure(**options)
import django

django.setup()
urlpatterns = [path('items', items), path('slash/', items)]

from django.core.wsgi import get_wsgi_application


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


make_server('127.0.0.1', port, get_wsgi_application(), handler_class=Quiet).serve_forever()
