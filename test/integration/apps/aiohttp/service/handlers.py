from aiohttp import web


class SiteHandler:
    def __init__(self, app):
        self.app = app

    async def index(self, request):
        return web.Response(text=self.app.get("/nothing", ""))

    async def anything(self, request):
        return web.Response()
