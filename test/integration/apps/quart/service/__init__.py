from functools import partial

from quart import Blueprint, Quart

from .tasks import bp as tasks
from .users import UserView, blueprints

api = Blueprint("api", __name__, url_prefix="/api")


def create_app():
    app = Quart(__name__, static_folder=None)
    for bp in blueprints:
        api.register_blueprint(bp)
    api.register_blueprint(tasks, url_prefix="/jobs")
    app.register_blueprint(api)
    route = partial(app.route, methods=["GET", "PUT"])

    @route("/partial")
    async def partially():
        return ""

    @app.websocket("/ws")
    async def ws():
        return None

    @app.get("/")
    async def index():
        client = app.test_client()
        await client.get("/not-a-route")
        return ""

    app.add_url_rule("/me", view_func=UserView.as_view("me"))
    return app
