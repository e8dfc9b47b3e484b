from flask import Blueprint
from flask_restful import Api, Resource

bp = Blueprint("restful", __name__)
api = Api(bp)


@api.resource("/notes", "/notes/<int:note>")
class Note(Resource):
    def get(self, note=None):
        return {}
