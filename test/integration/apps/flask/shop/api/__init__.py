from flask import Blueprint

from . import authors
from .books import BookView, BooksView
from .orders import orders

API_PREFIX = "/api/v1"

api = Blueprint("api", __name__)
api.register_blueprint(authors.bp)
api.register_blueprint(orders, url_prefix="/orders")
api.add_url_rule("/books", view_func=BooksView.as_view("books"))
api.add_url_rule("/books/<uuid:book_id>", view_func=BookView.as_view("book"))
