"""Answers requests with Flask-CORS or django-cors-headers. Reads one JSON line per batch, and writes one."""

import json
import sys

library = sys.argv[1]


def flask_answers(options, requests):
    from flask import Flask
    from flask_cors import CORS

    app = Flask(__name__)
    CORS(app, **options)

    @app.route("/x", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "QUERY", "X-ANY"])
    def reached():
        return "reached", 200, {"X-Reached": "1"}

    client = app.test_client()
    return [answer(client.open("/x", method=method, headers=fields)) for method, fields in requests]


def answer(response):
    lines = [[name, value] for name, value in response.headers]
    return {"status": response.status_code, "headers": lines}


def django_answers(options, requests):
    from django.http import HttpResponse
    from django.test import RequestFactory, override_settings

    def reached(request):
        return HttpResponse("reached", headers={"X-Reached": "1"})

    from corsheaders.middleware import CorsMiddleware

    factory = RequestFactory()
    with override_settings(**options):
        middleware = CorsMiddleware(reached)
        answers = []
        for method, fields in requests:
            response = middleware(factory.generic(method, "/x", headers=fields))
            lines = [[name, value] for name, value in response.items()]
            answers.append({"status": response.status_code, "headers": lines})
        return answers


if library == "django":
    from django.conf import settings

    settings.configure(ALLOWED_HOSTS=["*"], INSTALLED_APPS=["corsheaders"])
    import django

    django.setup()

run = flask_answers if library == "flask" else django_answers
for line in sys.stdin:
    batch = json.loads(line)
    results = []
    for each in batch:
        try:
            results.append(run(each["options"], each["requests"]))
        except Exception as error:  # The library refuses these options.
            results.append(str(error))
    print(json.dumps(results), flush=True)
