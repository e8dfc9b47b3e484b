from sanic import Sanic
from sanic.response import text

app = Sanic.get_app("Extras")


@app.get("/late/<when:ymd>")
@app.post("/late/<kind:[a-z]{3}>", name="late_kind")
async def late(request, **kwargs):
    return text(request.args.get("/q", ""))


@app.websocket("/feed")
async def feed(request, ws):
    await ws.close()
