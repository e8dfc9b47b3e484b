from pyramid.config import Configurator

from . import admin
from .routes import add_routes


def main(global_config, **settings):
    with Configurator(settings=settings) as config:
        config.include(add_routes)
        config.include(".api", route_prefix="/api")
        config.include(admin, route_prefix="admin")
        config.include("shop.api.extra.extra_routes", route_prefix="/extra")
        with config.route_prefix_context("/inside"):
            config.add_route("inner", "/deep/*rest")
        config.add_static_view("static", "shop:static")
        config.scan(".views")
    return config.make_wsgi_app()
