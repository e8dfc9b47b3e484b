from flask_restx import Namespace, Resource

ns = Namespace("cats", description="Cats")


@ns.route("/")
class Cats(Resource):
    @ns.doc("list")
    def get(self):
        return []

    @ns.expect({})
    def post(self):
        return {}


@ns.route("/<int:id>", "/by-id/<int:id>")
@ns.param("id", "The cat")
class Cat(Resource):
    def get(self, id):
        return {}
