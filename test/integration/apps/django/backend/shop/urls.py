from django.urls import path, register_converter

from .converters import YearConverter
from .views import Cart, ItemDetail, ItemList, ItemUpdate, checkout

register_converter(YearConverter, "yyyy")

app_name = "shop"

urlpatterns = [
    path("items/", ItemList.as_view(), name="items"),
    path("items/<uuid:pk>/", ItemDetail.as_view()),
    path("items/<uuid:pk>/edit/", ItemUpdate.as_view()),
    path("by/<yyyy:year>/<path:rest>", checkout),
    path("cart/", Cart.as_view(http_method_names=["get"])),
    *[path(f"{name}/", checkout, name=name) for name in ("pay", "ship")],
]
