from . import resources


def make_resources():
    table = {"health": resources.Health(), "ready": resources.Health()}
    return [(f"/{name}", resource) for name, resource in table.items()]
