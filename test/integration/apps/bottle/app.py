import bottle
from bottle import Bottle, get, request, route
from parts import api, more

root = bottle.default_app()


@route("/hello/<name>")
@get("/hi")
def hello(name="x"):
    return request.query.get("/q")


@bottle.post(["/a", "/b"])
def several():
    return ""


@route
def pages__list(kind, size=1):
    return ""


def plain():
    return ""


bottle.route("/plain", ["GET", "PUT"], plain)
root.route("/any", method="ANY", callback=plain)
root.mount("/api/", api.app)
root.merge(more.make("/more"))
