"""Prints the application's own table of routes as JSON: [method, template, file, first line of the function]."""

import inspect
import json
import os
import re

from app import app
from tornado.web import RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketHandler

HERE = os.path.dirname(os.path.abspath(__file__))


def template(pattern):
    count = iter(range(1, 10))
    pattern = re.sub(r"\(\?P<(\w+)>([^()]*)\)", lambda m: "{%s%s}" % (m[1], "*" if m[2] == ".*" else ""), pattern)
    return re.sub(r"\([^()]*\)", lambda m: "{arg%d}" % next(count), pattern).removesuffix("$").removesuffix("/?")


rows = []
rules = [rule for group in app.default_router.rules for rule in group.target.rules]
for rule in rules:
    kind = rule.target
    if not inspect.isclass(kind) or issubclass(kind, (WebSocketHandler, StaticFileHandler)):
        continue
    for method in ("get", "head", "post", "put", "patch", "delete"):
        function = inspect.unwrap(getattr(kind, method))
        if function is getattr(RequestHandler, method):
            continue
        file = os.path.relpath(function.__code__.co_filename, HERE)
        line = function.__code__.co_firstlineno
        place = ["", 0] if file.startswith("..") else [file, line]
        if place[0] or method == "get":
            rows.append([method.upper(), template(rule.matcher.regex.pattern), *place])
print(json.dumps(rows))
