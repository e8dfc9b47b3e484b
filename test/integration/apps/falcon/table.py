"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import json
import os
import re

from app import app
from falcon import inspect

HERE = os.path.dirname(os.path.abspath(__file__))


def template(path):
    return re.sub(r"\{(\w+)(?::(\w+)(?:\([^)]*\))?)?\}", lambda m: "{%s%s}" % (m[1], "*" if m[2] == "path" else ""), path)


rows = []
for route in inspect.inspect_routes(app):
    for method in route.methods:
        if method.internal or method.method == "WEBSOCKET":
            continue
        file, line = method.source_info.rsplit(":", 1)
        # Falcon counts lines from 0.
        rows.append([method.method, template(route.path), os.path.relpath(os.path.abspath(file), HERE), int(line) + 1])
print(json.dumps(rows))
