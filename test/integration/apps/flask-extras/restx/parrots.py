from flask_restx import Resource

from . import birds


@birds.route("/parrots")
class Parrots(Resource):
    def patch(self):
        return {}
