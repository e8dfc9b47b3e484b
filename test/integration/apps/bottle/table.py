"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re

import app as _  # noqa: F401
import bottle

HERE = os.path.dirname(os.path.abspath(__file__))


def template(rule):
    return re.sub(r"<(\w+)(?::(\w+)(?::[^>]*)?)?>", lambda m: "{%s%s}" % (m[1], "*" if m[2] == "path" else ""), rule)


def walk(routes, prefix):
    for route in routes:
        mounted = route.config.get("mountpoint.target") if "mountpoint.target" in route.config else None
        if mounted is None:
            yield prefix + route.rule, route
        elif route.rule.endswith(":re:.*>"):
            yield from walk(mounted.routes, prefix + route.config["mountpoint.prefix"].rstrip("/"))


rows = []
for path, route in walk(bottle.default_app().routes, ""):
    code = inspect.unwrap(route.callback).__code__
    rows.append([route.method, template(path), os.path.relpath(code.co_filename, HERE), code.co_firstlineno])
print(json.dumps(rows))
