from flask.views import MethodView, View


class BooksView(MethodView):
    def get(self):
        return []

    def post(self):
        return {}, 201


class Shared(MethodView):
    def get(self, book_id):
        return {"id": str(book_id)}


class BookView(Shared):
    def patch(self, book_id):
        return {"id": str(book_id)}


class Unused(View):
    def dispatch_request(self):
        return ""
