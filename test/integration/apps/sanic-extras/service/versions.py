from sanic import Blueprint
from sanic.response import text
from sanic.views import HTTPMethodView

first = Blueprint("first", url_prefix="/items", version=1)


@first.route("/<name:str>", methods=["GET", "DELETE"])
async def item(request, name):
    return text(name)


second = first.copy("second", version=2)
third = Blueprint("third", version=3, version_prefix="/api/v")
fourth = Blueprint("fourth")


class Single(HTTPMethodView):
    def put(self, request, key):
        return text(key)

    async def patch(self, request, key):
        return text(key)


third.add_route(Single.as_view(), "/single/<key:uuid>")


@third.get("/own")
@fourth.head("/own")
def own(request):
    return text("")


for path in ("/a", "/b"):
    fourth.add_route(own, path, methods={"POST"}, name=path.strip("/"))
