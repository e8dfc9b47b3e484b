from tornado.web import RequestHandler


class Route:
    _routes = []

    def __init__(self, pattern):
        self.pattern = pattern

    def __call__(self, handler):
        self._routes.append((self.pattern, handler))
        return handler

    @classmethod
    def routes(cls):
        return cls._routes


@Route(r"/decorated/([\w-]+)")
class Decorated(RequestHandler):
    def get(self, slug):
        self.write("")


class Table(RequestHandler):
    def patch(self):
        self.write("")

    def get(self):
        self.write("")


ROUTES = [(f"/table/{name}", Table) for name in ("one", "two")]
