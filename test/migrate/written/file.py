"""Answers requests with a file of an application: a module that makes `app` of Flask, or settings of Django. Reads and writes JSON lines."""

import json
import runpy
import sys

library, file, path = sys.argv[1:4]


def lines_of(response):
    return [[name, value] for name, value in response.items()]


if library == "flask":
    client = runpy.run_path(file)["app"].test_client()

    def ask(method, fields):
        response = client.open(path, method=method, headers=fields)
        return {"status": response.status_code, "headers": list(map(list, response.headers))}
else:
    from django.conf import settings

    given = {name: value for name, value in runpy.run_path(file).items() if name.startswith("CORS_")}
    settings.configure(ALLOWED_HOSTS=["*"], INSTALLED_APPS=["corsheaders"], **given)
    import django

    django.setup()
    from corsheaders.middleware import CorsMiddleware
    from django.http import HttpResponse
    from django.test import RequestFactory

    factory = RequestFactory()
    middleware = CorsMiddleware(lambda request: HttpResponse("reached", headers={"X-Reached": "1"}))

    def ask(method, fields):
        response = middleware(factory.generic(method, path, headers=fields))
        return {"status": response.status_code, "headers": lines_of(response)}


for line in sys.stdin:
    print(json.dumps([ask(method, fields) for method, fields in json.loads(line)]), flush=True)
