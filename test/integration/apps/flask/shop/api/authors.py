from functools import wraps

from flask import Blueprint, abort

bp = Blueprint("authors", __name__, url_prefix="/authors")


def checked(view):
    @wraps(view)
    def inner(*args, **kwargs):
        return view(*args, **kwargs)

    return inner


@bp.route("/")
def listed():
    return []


@bp.route("/<int:author_id>", methods=["GET", "DELETE"])
@checked
def author(author_id):
    if author_id < 0:
        abort(404)
    return {"id": author_id}


@bp.post("/<int:author_id>/books")
@bp.put("/<int:author_id>/books")
def add_book(
    author_id,
):
    return {"author": author_id}, 201


@bp.errorhandler(404)
def missing(_error):
    return {"error": "no such author"}, 404
