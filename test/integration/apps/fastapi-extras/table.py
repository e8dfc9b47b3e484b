"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "src"))

from shop.main import app  # noqa: E402


def template(path):
    return re.sub(r"\{(\w+)(?::(\w+))?\}", lambda m: "{%s%s}" % (m[1], "*" if m[2] == "path" else ""), path)


def walk(routes, prefix):
    for route in routes:
        if hasattr(route, "effective_route_contexts"):
            yield from walk(route.effective_route_contexts(), prefix)
        elif hasattr(route, "app") and hasattr(route.app, "routes"):
            yield from walk(route.app.routes, prefix + route.path)
        elif getattr(route, "methods", None):
            yield prefix + route.path, route


rows = []
for path, route in walk(app.routes, ""):
    code = inspect.unwrap(route.endpoint).__code__
    for method in sorted(route.methods):
        rows.append([method, template(path), os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
