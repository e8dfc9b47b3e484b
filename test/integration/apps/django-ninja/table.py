"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re

os.environ["DJANGO_SETTINGS_MODULE"] = "site_ninja.settings"

import django

django.setup()
from django.urls import get_resolver  # noqa: E402
from django.urls.resolvers import URLPattern  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def walk(patterns, prefix):
    for one in patterns:
        text = re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: "{%s%s}" % (m[2], "*" if m[1] == "path" else ""), str(one.pattern))
        if isinstance(one, URLPattern):
            yield prefix + text, one.callback
        else:
            yield from walk(one.url_patterns, prefix + text)


rows = []
for path, view in walk(get_resolver().url_patterns, "/"):
    cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
    owner = next((cell for cell in [*cells, getattr(view, "__self__", None)] if hasattr(cell, "operations")), None)
    for operation in owner.operations if owner else ():
        code = inspect.unwrap(operation.view_func).__code__
        for method in operation.methods:
            rows.append([method, path, os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
