"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re

from app import app
from starlette.routing import Host, Mount, Route

HERE = os.path.dirname(os.path.abspath(__file__))


def template(path):
    return re.sub(r"\{(\w+)(?::(\w+))?\}", lambda m: "{%s%s}" % (m[1], "*" if m[2] == "path" else ""), path)


def walk(routes, prefix):
    for route in routes:
        if isinstance(route, (Mount, Host)):
            inner = route.app
            while not hasattr(inner, "routes") and hasattr(inner, "app"):
                inner = inner.app
            yield from walk(getattr(inner, "routes", []), prefix + getattr(route, "path", ""))
        elif isinstance(route, Route):
            yield prefix + route.path, route


rows = []
for path, route in walk(app.routes, ""):
    names = route.methods or [m for m in ("GET", "PUT", "PATCH", "POST", "DELETE") if hasattr(route.endpoint, m.lower())]
    for method in sorted(set(names) - {"HEAD"}):
        code = inspect.unwrap(getattr(route.endpoint, method.lower(), route.endpoint)).__code__
        rows.append([method, template(path), os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
