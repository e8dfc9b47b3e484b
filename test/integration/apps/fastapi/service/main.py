from fastapi import FastAPI

from . import constants
from .routers import items as item_routes
from .routers.users import router as users

app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
app.include_router(item_routes.router, prefix=constants.VERSION)
app.include_router(users, prefix=constants.API, tags=["users"])


@app.get("/health")
async def health():
    return {"ok": True}


@app.api_route("/both", methods=["GET", "POST"])
def both():
    return {}


def late(name: str):
    return {"name": name}


app.add_api_route("/late/{name}", late, methods=["PUT"])
