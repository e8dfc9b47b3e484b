from pyramid.view import view_config, view_defaults


class Base:
    def __init__(self, request):
        self.request = request


@view_defaults(route_name="user", renderer="json")
class User(Base):
    @view_config(request_method="GET")
    def get(self):
        return {}

    @view_config(request_method="DELETE")
    def delete(self):
        return {}

    @view_config(route_name="user_list", request_method="POST")
    def create(self):
        return {}


@view_config(route_name="api_extra", renderer="json")
class Extra(Base):
    def __call__(self):
        return {}
