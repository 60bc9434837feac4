"""A Django application in one file, with no thought of CORS: the CSRF check is on, and addresses end in a slash."""

import json
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=['127.0.0.1'],
    APPEND_SLASH=True,
    MIDDLEWARE=[
        'django.middleware.security.SecurityMiddleware',
        'django.middleware.common.CommonMiddleware',
        'django.middleware.csrf.CsrfViewMiddleware',
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY='only for a test',
)

from django.core.wsgi import get_wsgi_application  # noqa: E402, settings come first
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

users = {1: {'id': 1, 'name': 'Ada'}}


@csrf_exempt
def all_users(request):
    if request.method != 'POST':
        return JsonResponse(list(users.values()), safe=False)
    try:
        name = json.loads(request.body)['name']
    except ValueError:
        name = request.body.decode()
    user = {'id': max(users) + 1, 'name': name}
    users[user['id']] = user
    return JsonResponse(user, status=201)


@csrf_exempt
def one_user(request, number):
    if request.method == 'PUT':
        users[number] = {'id': number, 'name': json.loads(request.body)['name']}
    return JsonResponse(users[number])


def guarded(request):
    return JsonResponse({'written': True})


urlpatterns = [
    path('api/users/', all_users),
    path('api/users/<int:number>/', one_user),
    path('api/guarded/', guarded),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server('127.0.0.1', 0, get_wsgi_application(), handler_class=Quiet)
print(f'listening on {server.server_port}', flush=True)
server.serve_forever()
