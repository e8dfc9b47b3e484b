from django.conf import settings
from django.conf.urls.static import static
from django.contrib.auth import views as auth_views
from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView

from blog import views as blog
from shop import urls as shop_urls

VERSION = "v1"

extra_patterns = [
    path("reports/", blog.reports),
    path("reports/<int:year>/", blog.Reports.as_view()),
]

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("login/", auth_views.LoginView.as_view()),
    path("old/", RedirectView.as_view(url="/new/"), name="old"),
    path("shop/", include(shop_urls, namespace="shop")),
    path(f"{settings.API_PREFIX}/{VERSION}/", include(("shop.api.urls", "api"))),
    re_path(r"^blog/", include("blog.urls")),
    path("credit/", include(extra_patterns)),
    path("<slug:team>/", include([path("history/", blog.history), path("edit/", blog.edit)])),
] + static("/media/", document_root="/nowhere")

if settings.DEBUG:
    urlpatterns += [path("debug/", lambda request: None)]
