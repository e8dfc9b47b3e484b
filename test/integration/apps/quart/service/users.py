from quart import Blueprint
from quart.views import MethodView

blueprints = []


def make(name):
    bp = Blueprint(name, __name__, url_prefix=f"/{name}")

    @bp.delete("/<uuid:id>")
    async def remove(id):
        return ""

    @bp.route("/<float:rate>", methods=("PATCH", "POST"))
    async def rate(rate):
        return ""

    return bp


blueprints.append(make("users"))
blueprints += [make("admins")]


class UserView(MethodView):
    async def get(self):
        return ""

    async def put(self):
        return ""
