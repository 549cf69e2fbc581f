from django.contrib.auth.views import LogoutView
from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("devices/", views.device_list, name="devices"),
    path("devices/<sid>/end/", views.device_end, name="end-device"),
    path("devices/everywhere/", views.everywhere, name="everywhere"),
]
