"""Django's cached_db sessions: PostgreSQL is the truth, Redis the cache. Run 'app.py migrate' once, then gunicorn app:application."""

import json
import os
import sys
from datetime import datetime, timezone

from django.conf import settings

settings.configure(
    SECRET_KEY="a secret of the bench with 32 characters",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.sessions"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware"],
    SESSION_ENGINE="django.contrib.sessions.backends.cached_db",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": "127.0.0.1",
            "PORT": os.environ["POSTGRES_PORT"],
            "CONN_MAX_AGE": None,
        },
    },
    CACHES={"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": f"redis://{os.environ['REDIS']}/0"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)

from django.core.wsgi import get_wsgi_application  # noqa: E402  the settings come first
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


def health(request):
    return JsonResponse({})


def create(request):
    request.session["content"] = {**json.loads(request.body), "createdAt": datetime.now(timezone.utc).isoformat()}
    return JsonResponse({}, status=201)


def read(request):
    content = request.session.get("content")
    return JsonResponse(content) if content else JsonResponse({}, status=401)


def update(request):
    content = request.session.get("content")
    if not content:
        return JsonResponse({}, status=401)
    content["data"].update(json.loads(request.body))
    request.session["content"] = content
    return JsonResponse(content["data"])


def end(request):
    request.session.flush()
    return HttpResponse(status=204)


urlpatterns = [path("health", health), path("create", create), path("read", read), path("update", update), path("end", end)]
application = get_wsgi_application()

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
