"""A service. Run: PORT=5003 python app.py"""

import os

from sanic import Sanic

from service.admin import admin
from service.catalogue import catalogue
from service.views import CardView, plain

app = Sanic("ProveDiscovery")
app.blueprint(catalogue)
app.blueprint(admin, url_prefix="/staff")
app.add_route(CardView.as_view(), "/cards/<card:int>")
app.add_route(plain, "/plain", methods=["GET", "POST"])


@app.get("/")
async def home(request):
    return plain(request)


@app.middleware("request")
async def before(request):
    return None


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5003")), single_process=True, access_log=False)
