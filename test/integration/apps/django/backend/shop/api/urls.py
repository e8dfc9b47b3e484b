from django.urls import include, path
from rest_framework import routers

from . import views
from .more import router as more_router

app_name = "api"

router = routers.DefaultRouter()
router.register("users", views.UserViewSet)
router.register(r"teams/(?P<team>\d+)/members", views.MemberViewSet, basename="member")
for prefix, viewset in [("tags", views.TagViewSet)]:
    router.register(prefix, viewset, basename=prefix)
router.registry.extend(more_router.registry)

plain = routers.SimpleRouter(trailing_slash=False)
plain.register("logs", views.LogViewSet, basename="log")

urlpatterns = [
    path("", include(router.urls)),
    path("plain/", include((plain.urls, "plain"))),
    path("ping/", views.ping),
    path("status/", views.status),
    path("orders/", views.Orders.as_view()),
    path("orders/<int:pk>/", views.Order.as_view()),
    path("basket/", views.Basket.as_view()),
    path("people/", views.UserViewSet.as_view({"get": "list", "post": "invite"})),
]
