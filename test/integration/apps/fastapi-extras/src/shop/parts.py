from fastapi import FastAPI
from starlette.routing import Route

from shop.routers import PrefixedRouter

cats, dogs = PrefixedRouter.for_all("cats", "dogs")


@cats.get("")
@cats.get("/{name}")
async def cat(name: str = "x"):
    return name


@dogs.api_route("/{name}", methods=["GET", "TRACE"], include_in_schema=False)
async def dog(name: str):
    return name


def plain(request):
    return None


def sub_application() -> FastAPI:
    sub = FastAPI(openapi_url=None, routes=[Route("/raw", plain, methods=["POST"])])

    @sub.delete("/all")
    def clear():
        return {}

    return sub
