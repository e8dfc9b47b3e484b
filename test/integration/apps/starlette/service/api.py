from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from .endpoints import Chat


async def items(request):
    return PlainTextResponse("")


def build(prefix):
    async def made(request):
        return PlainTextResponse("")

    return [Route(prefix + path, made) for path in ("/a", "/b")]


API_ROUTES = [
    Route("/items", items, methods=["GET"]),
    Route("/items/{item}", items, methods=["DELETE", "PUT"]),
    WebSocketRoute("/chat", Chat),
]
