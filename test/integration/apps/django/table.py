"""Prints the application's own table of routes as JSON: [method, path, file, first line of the function or class]."""

import inspect
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "backend"))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.local"

import django  # noqa: E402

django.setup()
from django.urls import get_resolver  # noqa: E402
from django.urls.resolvers import RoutePattern, URLPattern  # noqa: E402


def in_project(value):
    return (inspect.getsourcefile(value) or "").startswith(HERE)


def place(value):
    """Where a function or class of the project begins; what a library has is nowhere in it."""
    if not in_project(value):
        return ["", 0]
    line = value.__code__.co_firstlineno if hasattr(value, "__code__") else inspect.getsourcelines(value)[1]
    return [os.path.relpath(inspect.getsourcefile(value), HERE), line]


def handlers(view):
    cls = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if cls is None:
        function = inspect.unwrap(view)
        names = [cell.cell_contents for cell in closure(view) if isinstance(cell.cell_contents, list)]
        for method in names[0] if names else ["ANY"]:
            yield method, place(function)
        return
    actions = getattr(view, "actions", None)
    allowed = view.view_initkwargs.get("http_method_names") if hasattr(view, "view_initkwargs") else None
    for method in allowed or cls.http_method_names:
        name = (actions or {}).get(method) if actions else method
        if name is None or method in ("head", "options") or not hasattr(cls, name):
            continue
        function = inspect.unwrap(getattr(cls, name))
        if function.__name__ == "handler":
            # What `api_view` makes of a function.
            function = next(cell.cell_contents for cell in function.__closure__ if callable(cell.cell_contents))
            yield method.upper(), place(function)
        else:
            yield method.upper(), place(function) if in_project(function) else place(cls)


def closure(view):
    while view is not None:
        yield from view.__closure__ or ()
        view = getattr(view, "__wrapped__", None)


def text(pattern):
    raw = str(pattern)
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: "{%s%s}" % (m[2], "*" if m[1] == "path" else ""), raw)
    raw = re.sub(r"\(\?P<(\w+)>(?:[^()\\]|\\.)*\)", r"{\1}", raw)
    raw = re.sub(r"\((?:[^()\\]|\\.)*\)", "{arg1}", raw)
    return re.sub(r"\\Z|[\^$]", "", raw).replace("\\", "")


def walk(patterns, prefix):
    for one in patterns:
        path = prefix + text(one.pattern)
        if isinstance(one, URLPattern):
            if "format" not in path:
                yield path, one.callback
        else:
            yield from walk(one.url_patterns, path)


rows = []
for path, view in walk(get_resolver().url_patterns, "/"):
    name = getattr(getattr(view, "cls", None), "__name__", "")
    if name == "APIRootView" or getattr(view, "__name__", "") == "serve":
        continue
    for method, where in handlers(view):
        rows.append([method, path, *where])
print(json.dumps(rows))
