def includeme(config):
    config.add_route("api_extra", "/more/{kind:a|b}")


def extra_routes(config):
    config.add_route("outer_extra", "/x")
