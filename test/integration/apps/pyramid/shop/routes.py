TABLE = [("user_list", "/users"), ("user", r"/users/{id:\d+}")]


def add_routes(config):
    config.add_route("home", "/")
    for name, pattern in TABLE:
        config.add_route(name, pattern)
    config.add_route("nobody", "/nobody")
