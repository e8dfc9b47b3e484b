"""Prints the application's own table of routes as JSON: [method, rule, file, first line of the function]."""

import inspect
import json
import os

from app import app

HERE = os.path.dirname(os.path.abspath(__file__))
rows = []
for rule in app.url_map.iter_rules():
    view = app.view_functions[rule.endpoint]
    for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
        kind = getattr(view, "view_class", None)
        function = inspect.unwrap(getattr(kind, method.lower()) if kind else view)
        code = function.__code__
        if rule.endpoint == "static":
            continue
        rows.append([method, rule.rule, os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
