from pyramid.view import notfound_view_config, view_config


@view_config(route_name="home", renderer="json")
def home(request):
    return request.params.get("/q")


@view_config(route_name="api_items", request_method="GET", renderer="json")
@view_config(route_name="outer_extra", request_method=("POST", "PUT"), renderer="json")
def items(request):
    return []


@view_config(route_name="inner", request_method="PATCH", renderer="json")
def inner(request):
    return {}


@notfound_view_config(renderer="json")
def missing(request):
    return {}
