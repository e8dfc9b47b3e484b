"""The bookstore of the study in Flask, SQLAlchemy and Marshmallow. `QUERIES=sql` leaves the mapper out."""

import os

from flask import Flask, jsonify, request
from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from flask_shop.models import Author, AuthorSchema, Book, BookSchema, engine
from flask_shop.plain_sql import author_page, author_summary

app = Flask(__name__)
HAS_MAPPER = os.environ.get("QUERIES", "orm") == "orm"
AUTHOR, AUTHORS, BOOKS = AuthorSchema(), AuthorSchema(many=True), BookSchema(many=True)


@app.get("/")
def hello():
    return "Hello, World!"


@app.post("/")
def hello_id():
    body = request.get_json(silent=True) or {}
    if "id" not in body:
        return jsonify(error="Send an id."), 400
    return f"Hello, {body['id']}"


@app.get("/author")
def list_authors():
    limit = min(request.args.get("limit", 20, type=int), 100)
    offset = request.args.get("offset", 0, type=int)
    if not HAS_MAPPER:
        with engine.connect() as connection:
            return jsonify(author_page(connection, limit, offset))
    with Session(engine) as session:
        authors = session.scalars(select(Author).order_by(Author.id).limit(limit).offset(offset))
        return jsonify(AUTHORS.dump(authors))


@app.post("/author")
def add_author():
    try:
        values = AUTHOR.load(request.get_json(silent=True) or {})
    except ValidationError as error:
        return jsonify(errors=error.messages), 400
    with Session(engine) as session:
        author = Author(**values)
        session.add(author)
        session.commit()
        return jsonify(AUTHOR.dump(author)), 201


@app.get("/author/<int:author_id>")
def get_author(author_id):
    if not HAS_MAPPER:
        with engine.connect() as connection:
            found = author_summary(connection, author_id)
            return jsonify(found) if found else (jsonify(error="No such author."), 404)
    with Session(engine) as session:
        author = session.get(Author, author_id, options=[selectinload(Author.books).selectinload(Book.genres)])
        if author is None:
            return jsonify(error="No such author."), 404
        genres = sorted({genre.name for book in author.books for genre in book.genres})
        return jsonify({**AUTHOR.dump(author), "books": BOOKS.dump(author.books), "genres": genres})
