from aiohttp import web

admin = web.Application()
nested = web.Application()


async def stats(request):
    return web.Response()


admin.router.add_routes([web.get("/stats", stats), web.route("POST", "/stats", stats)])
nested.add_routes([web.delete("/all", stats)])
admin.add_subapp("/nested", nested)
