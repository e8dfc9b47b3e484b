from tornado.web import RequestHandler
from tornado.websocket import WebSocketHandler


class Base(RequestHandler):
    def initialize(self, **kwargs):
        self.options_given = kwargs.get("/x")

    def head(self):
        self.finish()


class Main(Base):
    def get(self):
        self.write("")


class Story(RequestHandler):
    async def get(self, number, slug):
        self.write("")

    async def post(self, number, slug):
        self.write("")


class User(RequestHandler):
    def delete(self, user_id):
        self.write("")


class Lazy(RequestHandler):
    def put(self, **kwargs):
        self.write("")


class Socket(WebSocketHandler):
    def open(self):
        self.get_argument("/y")
