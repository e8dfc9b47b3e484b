def includeme(config):
    config.add_route("api_items", "items")
    config.include(".extra")
