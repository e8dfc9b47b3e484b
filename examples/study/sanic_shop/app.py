"""The bookstore of the study in Sanic, Tortoise ORM and Marshmallow."""

import os

from marshmallow import Schema, ValidationError, fields, validate
from sanic import Sanic, json, text
from tortoise import Tortoise
from tortoise import fields as columns
from tortoise.models import Model

PORT = os.environ.get("STUDY_DATABASE_PORT", "54329")
POOL_SIZE = os.environ.get("POOL_SIZE", "20")
DATABASE = f"asyncpg://study@127.0.0.1:{PORT}/study?minsize=1&maxsize={POOL_SIZE}"


class Author(Model):
    id = columns.IntField(primary_key=True)
    name = columns.TextField()
    country_code = columns.TextField()
    email = columns.TextField()
    phone = columns.TextField()
    address = columns.TextField()
    contract_start = columns.DateField()
    contract_end = columns.DateField()
    contract_value = columns.DecimalField(12, 2)

    class Meta:
        table = "author"


class Genre(Model):
    id = columns.IntField(primary_key=True)
    name = columns.TextField()

    class Meta:
        table = "genre"


class Book(Model):
    id = columns.IntField(primary_key=True)
    author = columns.ForeignKeyField("models.Author", related_name="books")
    title = columns.TextField()
    year = columns.IntField()
    genres = columns.ManyToManyField(
        "models.Genre", through="book_genre", forward_key="genre_id", backward_key="book_id"
    )

    class Meta:
        table = "book"


class AuthorSchema(Schema):
    id = fields.Integer(dump_only=True)
    name = fields.String(required=True, validate=validate.Length(min=1, max=100))
    country_code = fields.String(required=True, validate=validate.Length(equal=2))
    email = fields.Email(required=True)
    phone = fields.String(required=True)
    address = fields.String(required=True)
    contract_start = fields.Date(required=True)
    contract_end = fields.Date(required=True)
    contract_value = fields.Decimal(required=True, as_string=True)


class BookSchema(Schema):
    id = fields.Integer()
    title = fields.String()
    year = fields.Integer()


app = Sanic("study")
AUTHOR, AUTHORS, BOOKS = AuthorSchema(), AuthorSchema(many=True), BookSchema(many=True)


@app.before_server_start
async def connect(app, _):
    await Tortoise.init(db_url=DATABASE, modules={"models": ["app"]}, _enable_global_fallback=True)


@app.after_server_stop
async def disconnect(app, _):
    await Tortoise.close_connections()


@app.get("/")
async def hello(request):
    return text("Hello, World!")


@app.post("/")
async def hello_id(request):
    body = request.json or {}
    if "id" not in body:
        return json({"error": "Send an id."}, status=400)
    return text(f"Hello, {body['id']}")


@app.get("/author")
async def list_authors(request):
    limit = min(int(request.args.get("limit", 20)), 100)
    offset = int(request.args.get("offset", 0))
    return json(AUTHORS.dump(await Author.all().order_by("id").limit(limit).offset(offset)))


@app.post("/author")
async def add_author(request):
    try:
        values = AUTHOR.load(request.json or {})
    except ValidationError as error:
        return json({"errors": error.messages}, status=400)
    return json(AUTHOR.dump(await Author.create(**values)), status=201)


@app.get("/author/<author_id:int>")
async def get_author(request, author_id):
    author = await Author.get_or_none(id=author_id).prefetch_related("books__genres")
    if author is None:
        return json({"error": "No such author."}, status=404)
    books = sorted(author.books, key=lambda book: book.id)
    genres = sorted({genre.name for book in books for genre in book.genres})
    return json({**AUTHOR.dump(author), "books": BOOKS.dump(books), "genres": genres})
