"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import asyncio
import inspect
import json
import os

from aiohttp import web
from service import make_app

HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = ("get", "post", "put", "patch", "delete", "options")


def functions(route):
    if inspect.isclass(route.handler) and issubclass(route.handler, web.View):
        return [(m.upper(), getattr(route.handler, m)) for m in METHODS if hasattr(route.handler, m)]
    return [("ANY" if route.method == "*" else route.method, route.handler)]


rows = []
for route in asyncio.run(make_app()).router.routes():
    if route.method == "HEAD" or isinstance(route.resource, web.StaticResource):
        continue
    for method, function in functions(route):
        code = inspect.unwrap(function).__code__
        path = route.resource.get_info().get("pattern")
        # The pattern of a variable is not in the canonical path.
        rest = path is not None and ".+" in path.pattern
        shown = route.resource.canonical.replace("}", "*}") if rest else route.resource.canonical
        rows.append([method, shown, os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
