from flask.views import MethodView
from flask_smorest import Api, Blueprint

api = Api()
blp = Blueprint("pets", "pets", url_prefix="/pets", description="Pets")


@blp.route("/")
class Pets(MethodView):
    @blp.response(200)
    def get(self):
        return []

    @blp.response(201)
    def post(self):
        return {}


@blp.route("/<uuid:pet_id>", methods=["PUT"])
@blp.response(200)
def put_pet(pet_id):
    return {}
