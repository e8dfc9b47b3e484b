from . import web

# @web.route("/commented")
EXAMPLE = """
@web.route("/in-a-string")
def never(): ...
"""


@web.route("/<string(length=2):language>/<path:page>", defaults={"draft": False})
def page(language, page, draft):
    return f"{language} {page} {draft}"


@web.route("/search", strict_slashes=False)
def search():
    return "found"


async def unrouted():
    return "nothing"
