"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re

from app import app
from pyramid.interfaces import IRoutesMapper

HERE = os.path.dirname(os.path.abspath(__file__))


def template(pattern):
    pattern = re.sub(r"\{(\w+):(?:[^{}]|\{[^{}]*\})*\}", r"{\1}", pattern)
    return "/" + re.sub(r"\*(\w+)$", r"{\1*}", pattern).lstrip("/")


introspector = app.registry.introspector
patterns = {route.name: route for route in app.registry.queryUtility(IRoutesMapper).get_routes()}
rows = []
for entry in introspector.get_category("views"):
    view = entry["introspectable"]
    route = patterns.get(view["route_name"])
    if route is None or route.name.startswith("__static"):
        continue
    methods = view["request_methods"]
    methods = [methods] if isinstance(methods, str) else methods or ["ANY"]
    function = view["callable"]
    if inspect.isclass(function):
        function = getattr(function, view["attr"] or "__call__")
    code = inspect.unwrap(function).__code__
    for method in methods:
        rows.append([method, template(route.pattern), os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
