from quart import Blueprint

bp = Blueprint("tasks", __name__, url_prefix="/tasks")

if (limit := "/limit"):

    @bp.post(limit + "/<int:n>")
    async def set_limit(n):
        return ""


@bp.route("/<path:rest>")
@bp.route("/", defaults={"rest": ""})
async def task(rest):
    return ""
