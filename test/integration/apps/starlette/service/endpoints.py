from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.responses import PlainTextResponse


class Plain(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse("")


class User(Plain):
    async def patch(self, request):
        return PlainTextResponse("")


class Chat(WebSocketEndpoint):
    encoding = "text"


def download(request):
    return PlainTextResponse("")
