from sanic import Blueprint
from sanic.response import json

from .views import plain

books = Blueprint("books", url_prefix="/books")
authors = Blueprint("authors", url_prefix="/authors")


@books.get("/")
async def listed(request):
    return json([])


@books.route("/<book:uuid>", methods=["GET", "PUT"])
async def book(request, book):
    return json({"book": str(book)})


@authors.post("/<name:str>")
async def author(
    request,
    name,
):
    return json({"name": name})


authors.add_route(plain, "/files/<file:path>")

catalogue = Blueprint.group(books, authors, url_prefix="/catalogue", version=1)
