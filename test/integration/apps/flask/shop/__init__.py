from flask import Flask

from .api import API_PREFIX, api
from .web import web as pages
from .health import ping


def create_app(settings=None):
    app = Flask(__name__)
    app.config.update(settings or {})

    app.register_blueprint(api, url_prefix=API_PREFIX)
    app.register_blueprint(pages, url_prefix="/pages")
    app.add_url_rule("/ping", view_func=ping)
    app.add_url_rule("/echo", "echo", echo, methods=["POST", "PUT"])

    @app.get("/")
    def index():
        return {"shop": "open"}

    return app


def echo():
    return {"echo": True}
