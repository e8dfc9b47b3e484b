import tornado.web
from service import handlers
from service.routing import ROUTES, Route
from tornado.routing import PathMatches, Rule, RuleRouter
from tornado.web import Application, url

VERSION = r"/api/v1"


class Server(Application):
    def __init__(self):
        routes = [
            (r"/", handlers.Main),
            url(r"/story/([0-9]+)/([^/]+)", handlers.Story, {"db": None}, name="story"),
            tornado.web.URLSpec(rf"{VERSION}/users/(?P<user_id>\d+)/?", handlers.User),
            (r"/static/(.*)", tornado.web.StaticFileHandler, {"path": "."}),
            (r"/old", tornado.web.RedirectHandler, {"url": "/new"}),
            (r"/lazy/(?P<rest>.*)", "service.handlers.Lazy"),
            (r"/ws", handlers.Socket),
        ]
        routes += ROUTES
        routes.extend(Route.routes())
        super().__init__(routes, debug=False)


app = Server()
app.add_handlers(r".*", [(r"/late/(?P<kind>a|b)", handlers.Lazy)])
router = RuleRouter([Rule(PathMatches("/api.*"), app), Rule(PathMatches(".*"), app)])
