import { checkLayouts, type Layout } from './checkLayouts';

const SETTINGS = "ROOT_URLCONF = 'site.urls'\n";

const LAYOUTS: Readonly<Record<string, readonly Layout[]>> = {
  django: [
    {
      says: 'nested modules named by strings, tuples and namespaces below the root that the settings name',
      files: {
        'manage.py': '',
        'site/settings.py': SETTINGS,
        'site/urls.py':
          "from django.urls import include, path, re_path\nurlpatterns = [path('a/', include(('shop.urls', 'shop'), namespace='s')), re_path(r'^b/', include('shop.urls'))]\n",
        'shop/urls.py':
          "from django.urls import path\nfrom . import views\nurlpatterns = [path('<int:pk>/', views.one)]\n",
        'shop/views.py': 'def one(request, pk): ...\n',
      },
      routes: ['ANY /a/{pk}/ shop/views.py:1 one', 'ANY /b/{pk}/ shop/views.py:1 one'],
    },
    {
      says: 'the methods of class-based views: own, inherited, generic, limited',
      files: {
        'site/settings.py': SETTINGS,
        'site/urls.py':
          "from django.urls import path\nfrom shop.views import A, B, C\nurlpatterns = [path('a', A.as_view()), path('b', B.as_view()), path('c', C.as_view())]\n",
        'shop/views.py':
          "from django.views import View\nfrom django.views.generic import UpdateView\nfrom django.contrib.auth.mixins import LoginRequiredMixin\nclass Base(View):\n  def get(self, request): ...\nclass A(LoginRequiredMixin, Base):\n  def post(self, request): ...\nclass B(UpdateView):\n  def put(self, request): ...\nclass C(Base):\n  http_method_names = ['get']\n  def delete(self, request): ...\n",
      },
      routes: [
        'GET /a shop/views.py:5 Base.get',
        'GET /b shop/views.py:8 B',
        'GET /c shop/views.py:5 Base.get',
        'POST /a shop/views.py:7 A.post',
        'POST /b shop/views.py:8 B',
        'PUT /b shop/views.py:9 B.put',
      ],
    },
    {
      says: 'view sets of a router with extra actions, lookup fields and no slash at the end',
      files: {
        'site/settings.py': SETTINGS,
        'site/urls.py':
          "from django.urls import include, path\nfrom rest_framework.routers import DefaultRouter\nfrom api import Things\nrouter = DefaultRouter(trailing_slash=False)\nrouter.register('things', Things)\nurlpatterns = [path('api/', include(router.urls))]\n",
        'api.py':
          "from rest_framework import viewsets, mixins\nfrom rest_framework.decorators import action\nclass Things(mixins.UpdateModelMixin, viewsets.GenericViewSet):\n  lookup_field = 'slug'\n  def list(self, request): ...\n  @action(detail=True, methods=['post', 'delete'], url_path='like')\n  def likes(self, request, slug): ...\n",
      },
      routes: [
        'DELETE /api/things/{slug}/like api.py:7 Things.likes',
        'GET /api/things api.py:5 Things.list',
        'PATCH /api/things/{slug} api.py:3 Things',
        'POST /api/things/{slug}/like api.py:7 Things.likes',
        'PUT /api/things/{slug} api.py:3 Things',
      ],
    },
    {
      says: 'a router nested below a view set of another',
      files: {
        'site/settings.py': SETTINGS,
        'site/urls.py':
          "from rest_framework_nested import routers\nfrom api import Shop, Item\nrouter = routers.SimpleRouter()\nrouter.register(r'shops', Shop)\nnested = routers.NestedSimpleRouter(router, r'shops', lookup='shop')\nnested.register(r'items', Item)\nurlpatterns = router.urls + nested.urls\n",
        'api.py':
          'from rest_framework.viewsets import ViewSet\nclass Shop(ViewSet):\n  def list(self, request): ...\nclass Item(ViewSet):\n  def retrieve(self, request, shop_pk, pk): ...\n',
      },
      routes: ['GET /shops/ api.py:3 Shop.list', 'GET /shops/{shop_pk}/items/{pk}/ api.py:5 Item.retrieve'],
    },
    {
      says: 'no route for library pages, admin, static files, clients and dictionaries',
      files: {
        'site/settings.py': SETTINGS,
        'site/urls.py':
          "from django.conf.urls.static import static\nfrom django.contrib import admin\nfrom django.urls import include, path\nimport requests\nrequests.get('/x')\n{}.get('/y')\nurlpatterns = [path('admin/', admin.site.urls), path('auth/', include('django.contrib.auth.urls'))] + static('/media/')\n",
        'shop/tests.py':
          "from django.test import TestCase\nclass T(TestCase):\n  def test(self):\n    self.client.get('/z')\n",
      },
      routes: [],
    },
  ],
  'django-ninja': [
    {
      says: 'routers by value and by name, below the pattern of an API',
      files: {
        'site/settings.py': SETTINGS,
        'site/urls.py':
          "from django.urls import path\nfrom ninja import NinjaAPI\nfrom shop import router\napi = NinjaAPI()\napi.add_router('/shop/', router)\napi.add_router('again', 'shop.router')\nurlpatterns = [path('api/', api.urls)]\n",
        'shop.py':
          "from ninja import Router\nrouter = Router()\n@router.get('/{item}')\ndef one(request, item: int): ...\n",
      },
      routes: ['GET /api/again/{item} shop.py:4 one', 'GET /api/shop/{item} shop.py:4 one'],
    },
  ],
  'flask-restful': [
    {
      says: 'resources of an Api on a blueprint that an application factory registers',
      files: {
        'app.py':
          'from flask import Flask\nfrom api import bp\ndef create_app():\n  app = Flask(__name__)\n  app.register_blueprint(bp)\n  return app\n',
        'api.py':
          "from flask import Blueprint\nfrom flask_restful import Api, Resource\nbp = Blueprint('api', __name__, url_prefix='/api')\napi = Api(bp, prefix='/v1')\nclass R(Resource):\n  def get(self): ...\n  def put(self): ...\napi.add_resource(R, '/r', '/s/<int:id>')\n",
      },
      routes: [
        'GET /api/v1/r api.py:6 R.get',
        'GET /api/v1/s/{id} api.py:6 R.get',
        'PUT /api/v1/r api.py:7 R.put',
        'PUT /api/v1/s/{id} api.py:7 R.put',
      ],
    },
  ],
  'flask-restx': [
    {
      says: 'namespaces by name, by path, and under another path',
      files: {
        'app.py':
          "from flask import Flask\nfrom flask_restx import Api\nfrom spaces import a, b\napp = Flask(__name__)\napi = Api(app, prefix='/x')\napi.add_namespace(a)\napi.add_namespace(b, path='/other')\n",
        'spaces.py':
          "from flask_restx import Namespace, Resource\na = Namespace('a')\nb = Namespace('b', path='/b')\n@a.route('/')\n@b.route('/<id>')\nclass R(Resource):\n  def delete(self, id=None): ...\n",
      },
      routes: ['DELETE /x/a/ spaces.py:7 R.delete', 'DELETE /x/other/{id} spaces.py:7 R.delete'],
    },
  ],
  flask: [
    {
      says: 'a factory whose parts register themselves, called by nobody here',
      files: {
        'shop/__init__.py':
          'from flask import Flask\nfrom . import pages\ndef create_app():\n  app = Flask(__name__)\n  pages.init_app(app)\n  return app\n',
        'shop/pages.py':
          "from flask import Blueprint\nbp = Blueprint('p', __name__, url_prefix='/p')\n@bp.get('/x')\ndef x(): ...\ndef init_app(app):\n  app.register_blueprint(bp)\n",
        'tests/conftest.py': 'from shop import create_app\ndef client():\n  return create_app().test_client()\n',
      },
      routes: ['GET /p/x shop/pages.py:4 x'],
    },
    {
      says: 'Flask-Smorest, whose routes decorate classes, and a prefix that the configuration class holds',
      files: {
        'app.py':
          "from flask import Flask\nfrom flask_smorest import Api\nfrom pets import blp\nclass Config:\n  ROOT = '/site'\napp = Flask(__name__)\napp.config.from_object(Config)\napi = Api(app)\napi.register_blueprint(blp, url_prefix=app.config['ROOT'] + '/pets')\n",
        'pets.py':
          "from flask.views import MethodView\nfrom flask_smorest import Blueprint\nblp = Blueprint('pets', __name__, url_prefix='/never')\n@blp.route('/<uuid:id>')\nclass Pet(MethodView):\n  def get(self, id): ...\n",
      },
      routes: ['GET /site/pets/{id} pets.py:6 Pet.get'],
    },
  ],
  starlette: [
    {
      says: 'mounts within mounts, an endpoint class, no route for sockets and files',
      files: {
        'app.py':
          "from starlette.applications import Starlette\nfrom starlette.endpoints import HTTPEndpoint\nfrom starlette.routing import Mount, Route, WebSocketRoute\nfrom starlette.staticfiles import StaticFiles\nclass E(HTTPEndpoint):\n  async def post(self, request): ...\ndef f(request): ...\napp = Starlette(routes=[Mount('/a', routes=[Mount('/b', routes=[Route('/{n:int}', f)]), Route('/e', E)]), WebSocketRoute('/ws', f), Mount('/s', StaticFiles())])\n",
      },
      routes: ['GET /a/b/{n} app.py:7 f', 'POST /a/e app.py:6 E.post'],
    },
  ],
  fastapi: [
    {
      says: 'a subclassed router of another file, a class of operations, and prefixes that settings hold',
      files: {
        'src/app/config.py':
          "from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n  api: str = Field(default='/api')\nsettings = Settings()\n",
        'src/app/base.py':
          "from fastapi import APIRouter\nclass Named(APIRouter):\n  def __init__(self, name, **more):\n    super().__init__(prefix='/' + name, **more)\n",
        'src/app/main.py':
          "from fastapi import FastAPI\nfrom fastapi_utils.cbv import cbv\nfrom app.base import Named\nfrom app.config import settings\nrouter = Named('users')\n@cbv(router)\nclass Users:\n  @router.get('/{id}')\n  def one(self, id: int): ...\napp = FastAPI()\napp.include_router(router, prefix=settings.api)\n",
      },
      routes: ['GET /api/users/{id} src/app/main.py:9 Users.one'],
    },
  ],
  aiohttp: [
    {
      says: 'a table, a listed view and an application below a prefix',
      files: {
        'main.py':
          "from aiohttp import web\nfrom views import routes, V, admin\ndef make():\n  app = web.Application()\n  app.add_routes([*routes, web.view('/v', V)])\n  app.add_subapp('/admin', admin)\n  return app\n",
        'views.py':
          "from aiohttp import web, ClientSession\nroutes = web.RouteTableDef()\n@routes.get(r'/x/{id:\\d+}')\nasync def x(request):\n  async with ClientSession() as s:\n    await s.get('/no')\nclass V(web.View):\n  async def put(self): ...\nadmin = web.Application()\nadmin.router.add_route('*', '/all', x)\n",
      },
      routes: ['ANY /admin/all views.py:4 x', 'GET /x/{id} views.py:4 x', 'PUT /v views.py:8 V.put'],
    },
  ],
  tornado: [
    {
      says: 'a list of handlers of another file that the application adds to its own',
      files: {
        'app.py':
          "import tornado.web\nfrom more import default_handlers\nhandlers = []\nhandlers.extend(default_handlers)\napp = tornado.web.Application([(r'/v1' + p, h) for p, h in handlers])\n",
        'more.py':
          "from tornado import web\nclass Base(web.RequestHandler):\n  def options(self): ...\nclass M(Base):\n  def post(self): ...\ndefault_handlers = [(r'/m', M)]\n",
      },
      routes: ['OPTIONS /v1/m more.py:3 Base.options', 'POST /v1/m more.py:5 M.post'],
    },
    {
      says: 'handlers by class and by name, groups with and without names, no route for sockets and files',
      files: {
        'app.py':
          "import tornado.web\nfrom tornado.web import url\nfrom handlers import A, S\nclass App(tornado.web.Application):\n  def __init__(self):\n    super().__init__([(r'/a/(?P<id>\\d+)', A), url(r'/b/(.*)', 'handlers.A'), (r'/s', S), (r'/f/(.*)', tornado.web.StaticFileHandler)])\nApp()\n",
        'handlers.py':
          'from tornado.web import RequestHandler\nfrom tornado.websocket import WebSocketHandler\nclass A(RequestHandler):\n  def get(self, id): ...\nclass S(WebSocketHandler):\n  def get(self): ...\n',
      },
      routes: ['GET /a/{id} handlers.py:4 A.get', 'GET /b/{arg1*} handlers.py:4 A.get'],
    },
  ],
  bottle: [
    {
      says: 'the default application, a mounted one and a merged one',
      files: {
        'app.py':
          "import bottle\nfrom sub import one, two\n@bottle.route('/r/<id:int>', method=['GET', 'POST'])\ndef r(id):\n  return bottle.request.query.get('/q')\nbottle.default_app().mount('/one', one)\nbottle.default_app().merge(two)\n",
        'sub.py':
          "from bottle import Bottle\none = Bottle()\ntwo = Bottle()\n@one.get('/<p:path>')\n@two.delete('/t')\ndef f(p=None): ...\n",
      },
      routes: ['DELETE /t sub.py:6 f', 'GET /one/{p*} sub.py:6 f', 'GET /r/{id} app.py:4 r', 'POST /r/{id} app.py:4 r'],
    },
  ],
  falcon: [
    {
      says: 'resources with responders and a suffix',
      files: {
        'app.py':
          "import falcon.asgi\nfrom things import Thing\napp = falcon.asgi.App()\nthing = Thing()\napp.add_route('/t/{id:int}', thing)\napp.add_route('/t', thing, suffix='all')\n",
        'things.py':
          'class Thing:\n  async def on_get(self, req, resp, id): ...\n  async def on_post_all(self, req, resp): ...\n',
      },
      routes: ['GET /t/{id} things.py:2 Thing.on_get', 'POST /t things.py:3 Thing.on_post_all'],
    },
  ],
  pyramid: [
    {
      says: 'a method that the project adds to its configuration',
      files: {
        'shop/__init__.py':
          "from pyramid.config import Configurator\ndef add_page(config, name, path):\n  config.add_route(name, path)\n  config.add_view(renderer='x.html', route_name=name)\ndef main(g, **s):\n  config = Configurator()\n  config.add_directive('add_page', add_page)\n  config.add_page('help', '/help')\n",
      },
      routes: ['ANY /help shop/__init__.py:4 x.html'],
    },
    {
      says: 'views that name routes which an included function adds under a prefix',
      files: {
        'shop/__init__.py':
          "from pyramid.config import Configurator\ndef routes(config):\n  config.add_route('item', '/items/{id}')\ndef main(g, **s):\n  config = Configurator(settings=s)\n  config.include(routes, route_prefix='/api')\n  config.scan()\n  return config.make_wsgi_app()\n",
        'shop/views.py':
          "from pyramid.view import view_config, view_defaults\n@view_defaults(route_name='item')\nclass Item:\n  @view_config(request_method='GET')\n  def get(self): ...\n  @view_config(request_method=('PUT', 'PATCH'))\n  def put(self): ...\n",
      },
      routes: [
        'GET /api/items/{id} shop/views.py:5 Item.get',
        'PATCH /api/items/{id} shop/views.py:7 Item.put',
        'PUT /api/items/{id} shop/views.py:7 Item.put',
      ],
    },
  ],
  litestar: [
    {
      says: 'controllers that inherit handlers, in a router with a prefix',
      files: {
        'app.py':
          "from litestar import Litestar, Router\nfrom users import Users\napp = Litestar([Router('/api', route_handlers=[Users])])\n",
        'users.py':
          "from litestar import Controller, get, post\nclass Base(Controller):\n  @get('/{id:uuid}')\n  async def one(self, id: str) -> None: ...\nclass Users(Base):\n  path = '/users'\n  @post()\n  async def make(self) -> None: ...\n",
      },
      routes: ['GET /api/users/{id} users.py:4 Base.one', 'POST /api/users users.py:8 Users.make'],
    },
  ],
  sanic: [
    {
      says: 'an application that is asked for by its name, and a copied blueprint',
      files: {
        'a.py': "from sanic import Sanic\napp = Sanic.get_app('S')\n@app.get('/late')\nasync def late(request): ...\n",
        'main.py':
          "from sanic import Sanic, Blueprint\napp = Sanic('S')\nbp = Blueprint('one', url_prefix='/b', version=1)\n@bp.get('/x')\nasync def x(request): ...\napp.blueprint(bp)\napp.blueprint(bp.copy('two', version=2))\nimport a\n",
      },
      routes: ['GET /late a.py:4 late', 'GET /v1/b/x main.py:5 x', 'GET /v2/b/x main.py:5 x'],
    },
  ],
  vibora: [
    {
      says: 'blueprints under prefixes, as its documentation has them (the library cannot be installed any more)',
      files: {
        'app.py':
          "from vibora import Vibora\nfrom v1.routes import v1\napp = Vibora()\n@app.route('/<name>', methods=['GET', 'POST'])\nasync def home(name: str): ...\napp.add_blueprint(v1, prefixes={'v1': '/v1', '': '/latest'})\n",
        'v1/__init__.py': '',
        'v1/routes.py':
          "from vibora.blueprints import Blueprint\nv1 = Blueprint()\n@v1.route('/x')\nasync def x(): ...\n",
      },
      routes: [
        'GET /latest/x v1/routes.py:4 x',
        'GET /v1/x v1/routes.py:4 x',
        'GET /{name} app.py:5 home',
        'POST /{name} app.py:5 home',
      ],
    },
  ],
  japronto: [
    {
      says: 'routes of a router, as its documentation has them (the library cannot be installed any more)',
      files: {
        'app.py':
          "from japronto import Application\ndef any(request): ...\ndef one(request): ...\napp = Application()\nr = app.router\nr.add_route('/any/{x}', any)\nr.add_route('/one', one, method='GET')\nr.add_route('/two', one, methods=['POST', 'PUT'])\n",
      },
      routes: ['ANY /any/{x} app.py:2 any', 'GET /one app.py:3 one', 'POST /two app.py:3 one', 'PUT /two app.py:3 one'],
    },
  ],
};

for (const [framework, layouts] of Object.entries(LAYOUTS)) checkLayouts(framework, layouts);
