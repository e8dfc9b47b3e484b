from flask import Blueprint
from flask_restx import Api

from .cats import ns as cats
from .dogs import ns as dogs

blueprint = Blueprint("restx", __name__, url_prefix="/x")
api = Api(blueprint, doc=False)
api.add_namespace(cats)
api.add_namespace(dogs, path="/hounds")
birds = api.namespace("birds", description="Birds", path="/")

from . import parrots as _  # noqa: E402, F401
