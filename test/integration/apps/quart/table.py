"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re

from app import app

HERE = os.path.dirname(os.path.abspath(__file__))


def template(rule):
    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", lambda m: "{%s%s}" % (m[2], "*" if m[1] == "path" else ""), rule)


rows = []
for rule in app.url_map.iter_rules():
    if rule.websocket:
        continue
    view = app.view_functions[rule.endpoint]
    for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
        kind = getattr(view, "view_class", None)
        function = getattr(kind, method.lower(), None) or getattr(kind, "dispatch_request", view)
        code = inspect.unwrap(function).__code__
        file = os.path.relpath(code.co_filename, HERE)
        if not file.startswith(".."):
            rows.append([method, template(rule.rule), file, code.co_firstlineno])
print(json.dumps(rows))
