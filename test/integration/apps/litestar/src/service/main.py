from litestar import HttpMethod, Litestar, Router, get, post, route, websocket_listener

from .config import API_PATH
from .controllers.base import CrudController
from .controllers.users import UserController


@get(["/", "/index"])
async def index() -> str:
    return {}.get("/x", "")


@route("/both", http_method=[HttpMethod.GET, HttpMethod.POST])
async def both() -> None:
    return None


@post("/files/{file_path:path}")
async def upload(file_path: str) -> None:
    return None


@websocket_listener("/ws")
async def socket(data: str) -> str:
    return data


class Books(CrudController):
    path = "/books"


inner = Router(path="/inner/", route_handlers=[upload, Books])
api = Router(path=API_PATH, route_handlers=[UserController, inner])


def create_app() -> Litestar:
    app = Litestar(route_handlers=[index, api, socket], openapi_config=None)
    app.register(both)
    return app


app = create_app()
