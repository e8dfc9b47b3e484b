"""Prints the application's own table of routes as JSON: [method, path, file, first line of the function]."""

import inspect
import json
import os

from app import app

HERE = os.path.dirname(os.path.abspath(__file__))


def leaves(routes):
    for route in routes:
        if hasattr(route, "effective_route_contexts"):
            yield from route.effective_route_contexts()
        else:
            yield route


rows = []
for route in leaves(app.routes):
    code = inspect.unwrap(route.endpoint).__code__
    for method in sorted(route.methods):
        rows.append([method, route.path, os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
