from functools import wraps

from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST


def logged(view):
    @wraps(view)
    def inner(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return inner


def reports(request):
    return None


class Reports(View):
    http_method_names = ["get", "post", "options"]

    def get(self, request, year):
        return None

    def post(self, request, year):
        return None

    def delete(self, request, year):
        return None


@logged
@require_GET
def history(request, team):
    return None


@csrf_exempt
@require_http_methods(["GET", "POST"])
def edit(request, team):
    return None


def archive(request, year, slug):
    return None


@require_POST
def page(request, number):
    return None


def post_json(request, pk):
    return None


@method_decorator(logged, name="dispatch")
class Unused(View):
    def get(self, request):
        return request.GET.get("/x")
