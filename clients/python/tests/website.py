"""A small Django site: ``import website`` sets Django up."""

import atexit
import logging
import pickle
import tempfile
from pathlib import Path

import django
from django.conf import settings

from support import KEY, URL

_FOLDER = tempfile.TemporaryDirectory(prefix="session-functions-")
atexit.register(_FOLDER.cleanup)

settings.configure(
    ALLOWED_HOSTS=["*"],
    CACHES={
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    },
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(_FOLDER.name) / "db.sqlite3")}},
    DEBUG_PROPAGATE_EXCEPTIONS=False,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    LOGGING_CONFIG=None,
    LOGIN_URL="/sign-in/",
    MIDDLEWARE=[
        "session_functions.django.middleware.SessionMiddleware",
        "website.EarlyReader",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ROOT_URLCONF="website",
    SECRET_KEY="only-for-tests",
    SESSIONS_KEY=KEY,
    SESSIONS_URL=URL,
    SESSION_ENGINE="session_functions.django",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
)
for _name in ("django", "session_functions"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
django.setup()

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash  # noqa: E402
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

from session_functions import django as engine  # noqa: E402

call_command("migrate", verbosity=0)


class PickleSerializer:
    """A serializer whose text is no JSON. Django 5 has none any more."""

    def dumps(self, value):
        return pickle.dumps(value)

    def loads(self, text):
        return pickle.loads(text)


class EarlyReader:
    """Middleware that reads the session before any view, as those of languages do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "early" in request.GET:
            request.session.get("language")
        return self.get_response(request)


def sign_in(request):
    if request.method == "GET":
        why = engine.why_signed_out(request)
        return JsonResponse({"why": why.reason if why else None})
    user = authenticate(request, username=request.POST["name"], password="password")
    login(request, user)
    return HttpResponse("signed in")


def sign_out(request):
    logout(request)
    return HttpResponse("signed out")


def visit(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return JsonResponse({"visits": request.session["visits"]})


def read(request):
    return JsonResponse({"visits": request.session.get("visits")})


def nothing(request):
    return HttpResponse("nothing")


@login_required
def account(request):
    return JsonResponse({"user": request.user.username})


@login_required
def list_devices(request):
    return JsonResponse({"devices": [vars(device) for device in engine.devices(request)]})


@login_required
def end_device(request, sid):
    return JsonResponse({"ended": engine.end_device(request, sid)})


@login_required
def everywhere(request):
    return JsonResponse({"ended": engine.sign_out_everywhere(request, keep_current="keep" in request.GET)})


@login_required
def new_password(request):
    request.user.set_password("password")
    request.user.save()
    during(request)
    update_session_auth_hash(request, request.user)
    return HttpResponse("changed")


def during(request):
    """What happens while a request is served; tests replace it."""


def slow_visit(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    during(request)
    return HttpResponse("visited")


urlpatterns = [
    path("", read),
    path("nothing/", nothing),
    path("visit/", visit),
    path("slow-visit/", lambda request: slow_visit(request)),
    path("sign-in/", sign_in),
    path("sign-out/", sign_out),
    path("account/", account),
    path("devices/", list_devices),
    path("devices/<sid>/end/", end_device),
    path("everywhere/", everywhere),
    path("new-password/", new_password),
]
