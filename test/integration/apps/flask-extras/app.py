from core.views import CRUD, Listing, register_crud
from flask import Flask
from restful import api as restful_api
from restful.routes import bp as restful_bp
from restx import blueprint as restx_bp
from smorest.pets import api as smorest_api


def create_app(config="core.config.Production"):
    app = Flask(__name__, static_folder=None)
    app.config.from_object(config)
    app.config["API_TITLE"] = "Pets"
    app.config["API_VERSION"] = "v1"
    app.config["OPENAPI_VERSION"] = "3.0.2"
    root = app.config["API_ROOT"]

    restful_api.init_app(app)
    app.register_blueprint(restful_bp, url_prefix=root + "/restful")
    app.register_blueprint(restx_bp)
    smorest_api.init_app(app)
    register(app)
    for name in ("authors", "books"):
        app.add_url_rule(f"/listing/{name}", view_func=Listing.as_view(f"listing-{name}", name))
    register_crud(app, CRUD, "crud", f"{app.config.get('ADMIN_PATH')}/keys/")
    return app


def register(app):
    from smorest import pets, toys

    for module in (pets, toys):
        smorest_api.register_blueprint(module.blp)


app = create_app()
