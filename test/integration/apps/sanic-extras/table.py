"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re

from app import app

HERE = os.path.dirname(os.path.abspath(__file__))
app.router.reset()
app.finalize()
rows = []
for route in app.router.routes:
    if route.extra.websocket:
        continue
    path = re.sub(r"<(\w+)(?::[^>]*)?>", r"{\1}", "/" + route.path.lstrip("/"))
    for method in sorted(route.methods):
        kind = getattr(route.handler, "view_class", None)
        code = inspect.unwrap(getattr(kind, method.lower()) if kind else route.handler).__code__
        rows.append([method, path, os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
