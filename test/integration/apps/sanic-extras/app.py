from sanic import Sanic
from service import versions

app = Sanic("Extras")
app.blueprint(versions.first)
app.blueprint(versions.second)
app.blueprint([versions.third, versions.fourth], url_prefix="/both")

from service import late as _  # noqa: E402, F401
