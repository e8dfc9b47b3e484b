import os

import httpx
from fastapi import APIRouter, FastAPI

from . import parts
from .routers import AdminAPI, users_router
from .settings import settings

api = APIRouter(prefix=settings.API_V1_STR)
for router in (parts.cats, parts.dogs):
    api.include_router(router)
api.include_router(users_router, prefix=settings.users_path)


def create_app(prefix: str = "/public") -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.include_router(api)
    app.include_router(AdminAPI({}).router, prefix=settings.admin)
    app.mount("/sub", parts.sub_application())

    @app.get(os.path.join(prefix, "ping"))
    async def ping():
        async with httpx.AsyncClient() as client:
            await client.get("/never")
        return {}

    @app.websocket("/ws")
    async def socket(websocket):
        await websocket.close()

    app.include_router(users_router, prefix=settings.internal)
    return app


app = create_app(prefix="/open")
