def dashboard(request):
    return {}


class Report:
    def __init__(self, request):
        self.request = request

    def show(self):
        return {}

    def __call__(self):
        return {}


def includeme(config):
    config.add_route("dashboard", "")
    config.add_route("report", "/reports/{name}", request_method=("GET", "DELETE"))
    config.add_view(dashboard, route_name="dashboard", renderer="json")
    config.add_view(Report, attr="show", route_name="report", request_method="GET", renderer="json")
    config.add_view(Report, route_name="report", request_method="DELETE", renderer="json")
