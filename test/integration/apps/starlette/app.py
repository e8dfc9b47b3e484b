from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Host, Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles

from service import endpoints
from service.admin import admin
from service.api import API_ROUTES, build


async def home(request):
    return PlainTextResponse(request.query_params.get("/q", ""))


async def socket(websocket):
    await websocket.close()


inner = Router([Route("/deep/{n:int}", home, methods=["GET", "POST"])])

routes = [
    Route("/", home),
    Route("/users/{user_id:uuid}", endpoints.User),
    Route("/files/{path:path}", endpoint=endpoints.download, methods=["PUT"]),
    WebSocketRoute("/ws", socket),
    Mount("/static", app=StaticFiles(directory="."), name="static"),
    Mount("/api", routes=[*API_ROUTES, Mount("/inner", inner)]),
    Mount("/admin/", app=GZipMiddleware(admin)),
    Host("{sub}.example.org", app=Router([Route("/hosted", home)])),
] + build("/built")

app = Starlette(routes=routes)
app.add_route("/added", home, methods=["DELETE"])
app.mount("/late", build_late := Starlette(routes=[Route("/x", endpoints.Plain)]))
app.router.routes.append(Route("/appended/{ratio:float}", home))
