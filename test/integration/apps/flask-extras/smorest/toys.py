from flask.views import MethodView
from flask_smorest import Blueprint

blp = Blueprint("toys", __name__, url_prefix="/toys")
inner = Blueprint("parts", __name__, url_prefix="/parts")


@inner.route("/<any(big, small):size>")
class Parts(MethodView):
    def get(self, size):
        return []


blp.register_blueprint(inner)
