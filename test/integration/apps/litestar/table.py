"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "src"))

from litestar.routes import HTTPRoute  # noqa: E402
from service.main import app  # noqa: E402


def template(path):
    return re.sub(r"\{(\w+):(\w+)\}", lambda m: "{%s%s}" % (m[1], "*" if m[2] == "path" else ""), path)


rows = []
for route in app.routes:
    if not isinstance(route, HTTPRoute):
        continue
    for handler in route.route_handlers:
        code = inspect.unwrap(handler.fn).__code__
        file = os.path.relpath(code.co_filename, HERE)
        for method in sorted(handler.http_methods - {"OPTIONS"}):
            if not file.startswith(".."):
                rows.append([method, template(route.path), file, code.co_firstlineno])
print(json.dumps(rows))
