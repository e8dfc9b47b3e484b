from aiohttp import web

from .admin import admin
from .handlers import SiteHandler
from .tables import more, routes
from .views import ItemView

PREFIX = "/v1"


def setup_routes(app):
    handler = SiteHandler(app)
    app.router.add_get("/", handler.index)
    app.router.add_route("*", "/any", handler.anything)
    app.router.add_view(r"/items/{id:\d+}", ItemView)
    resource = app.router.add_resource("/resource/{name}")
    resource.add_route("PUT", handler.index)
    resource.add_route("DELETE", handler.anything)
    for method in ("POST", "PATCH"):
        app.router.add_route(method, f"{PREFIX}/loop", handler.index)


async def make_app():
    app = web.Application()
    setup_routes(app)
    app.add_routes(routes)
    app.add_routes([*more, web.get("/listed", health), web.view("/viewed", ItemView)])
    app.router.add_static("/static/", path=".")
    app.add_subapp("/admin/", admin)
    return app


async def health(request):
    async with request.app["session"].get("/no") as answer:
        return web.json_response(answer)
