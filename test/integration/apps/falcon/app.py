import os

import falcon

from api import make_resources
from api.resources import Collection, Item

app = falcon.App()
prefix = "/v1"
collection, item = Collection(), Item()
app.add_route(f"{prefix}/things", collection)
app.add_route(prefix + "/things/{thing_id:int}", item)
app.add_route("/things/{thing_id:uuid}/parts", item, suffix="parts")
app.add_route("/by/{year:int(4)}-{month}/{rest:path}", resource=item, suffix="month")
app.add_static_route("/static", os.path.dirname(os.path.abspath(__file__)))
for path, resource in make_resources():
    app.add_route(path, resource)
