from aiohttp import web


class Base(web.View):
    async def get(self):
        return web.Response()


class ItemView(Base):
    async def patch(self):
        return web.Response()
