from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

admin = Starlette()


async def dashboard(request):
    return PlainTextResponse("")


admin.add_route("/dashboard", dashboard)
