from django.urls import re_path

from . import views

app_name = "blog"
urlpatterns = [
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<slug>[\w-]+)/$", views.archive),
    re_path(r"^page-([0-9]+)/$", views.page),
]
urlpatterns += [re_path(r"^post/(?P<pk>\d+)\.json$", views.post_json, name="post")]
