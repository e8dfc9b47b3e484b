from aiohttp import web

routes = web.RouteTableDef()
more = web.RouteTableDef()


@routes.get("/hello/{name}")
@routes.post("/hello")
async def hello(request):
    return web.Response()


@routes.view("/class")
class Hello(web.View):
    async def get(self):
        return web.Response()

    async def delete(self):
        return web.Response()


@more.route("OPTIONS", r"/files/{path:.+}")
@more.put(r"/codes/{code:[a-z]{2}}")
async def files(request):
    return web.Response()
