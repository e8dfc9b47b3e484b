from sanic import Blueprint
from sanic.response import json

admin = Blueprint("admin", url_prefix="/admin")


@admin.get("/jobs/<job>")
@admin.patch("/jobs/<job>", name="change_job")
async def job(request, job):
    return json({"job": job})
