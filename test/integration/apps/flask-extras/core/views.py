from flask.views import MethodView, View


class Listing(View):
    methods = ["GET", "POST"]
    init_every_request = False

    def __init__(self, title):
        self.title = title

    def dispatch_request(self):
        return self.title


class CRUD(MethodView):
    def get(self, key):
        return key

    def delete(self, key):
        return key


def register_crud(app, view, endpoint, url, pk="key", pk_type="int"):
    func = view.as_view(endpoint)
    app.add_url_rule(f"{url}<{pk_type}:{pk}>", view_func=func, methods=["GET", "DELETE"])
