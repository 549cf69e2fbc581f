from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from session_functions.django import devices, end_device, sign_out_everywhere, why_signed_out

REASONS = {
    "signed-out": "You were signed out from another device.",
    "signed-out-everywhere": "You were signed out on all devices.",
    "evicted": "You were signed out because you signed in on too many devices.",
    "password-changed": "You were signed out because your password was changed.",
}
OTHER_REASON = "You were signed out. Sign in again to continue."


class SignIn(LoginView):
    def get_context_data(self, **kwargs):
        why = why_signed_out(self.request)
        text = REASONS.get(why.reason, OTHER_REASON) if why else None
        return super().get_context_data(why_signed_out=text, **kwargs)


@login_required
def home(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return render(request, "home.html", {"visits": request.session["visits"]})


@login_required
def device_list(request):
    return render(request, "devices.html", {"devices": devices(request)})


@login_required
@require_POST
def device_end(request, sid):
    if end_device(request, sid):
        messages.success(request, "The device was signed out.")
    return redirect("devices")


@login_required
@require_POST
def everywhere(request):
    sign_out_everywhere(request)
    return redirect("login")
