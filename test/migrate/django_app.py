"""Serves one Django view behind django-cors-headers, with the settings of a file."""

import runpy
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponse
from django.urls import path

given = {name: value for name, value in runpy.run_path(sys.argv[1]).items() if name.startswith("CORS_")}
settings.configure(
    DEBUG=True,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["corsheaders"],
    MIDDLEWARE=["corsheaders.middleware.CorsMiddleware", "django.middleware.common.CommonMiddleware"],
    **given,
)
urlpatterns = [path("x", lambda request: HttpResponse("reached", headers={"X-Total": "1"}))]
if __name__ == "__main__":
    execute_from_command_line(["manage.py", "runserver", f"127.0.0.1:{sys.argv[2]}", "--noreload"])
