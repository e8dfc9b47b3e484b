import { checkLayouts, type Layout } from './checkLayouts';

const SETTINGS = "ROOT_URLCONF = 'urls'\n";

/** Programs whose routes come of what they compute: tables that other modules fill, settings that are parsed, conditions. */
const LAYOUTS: Readonly<Record<string, readonly Layout[]>> = {
  tornado: [
    {
      says: 'a table that a program puts below a prefix, which a trait of its own has by default',
      files: {
        'hub.py':
          "from tornado import web\nfrom traitlets import Unicode\nfrom traitlets.config import Application\nfrom pages import TABLE\nclass Prefix(Unicode):\n  def validate(self, obj, value): ...\nclass Hub(Application):\n  base = Prefix('/hub/', help='where it is').tag(config=True)\n  area = Unicode('users')\n  @staticmethod\n  def below(prefix, table):\n    for at, row in enumerate(table):\n      cells = list(row)\n      cells[0] = prefix + self_area(prefix) + cells[0]\n      table[at] = tuple(cells)\n    return table\n  def init_handlers(self):\n    table = []\n    table.extend(TABLE)\n    self.handlers = self.below(self.base, table)\n  def init_web(self):\n    self.web = web.Application(self.handlers)\n  def initialize(self):\n    self.init_handlers()\n    self.init_web()\ndef self_area(prefix):\n  return 'a/' if prefix.endswith('/') else '/a/'\n",
        'pages.py':
          "from tornado.web import RequestHandler\nclass PageHandler(RequestHandler):\n  def get(self): ...\nTABLE = [('page', PageHandler)]\n",
      },
      routes: ['GET /hub/a/page pages.py:3 PageHandler.get'],
      notes: ['A setting of the program decides a part of the path; "/hub/" is its default in the code.'],
    },
  ],
  django: [
    {
      says: 'patterns made of a table that decorators of views in other modules fill by model',
      files: {
        'settings.py': SETTINGS,
        'urls.py': "from django.urls import include, path\nurlpatterns = [path('plant/', include('plant.urls'))]\n",
        'table.py':
          "import collections\nclass Table(dict):\n  def __getitem__(self, key):\n    return super().__getitem__(key)\ntable = Table({'views': collections.defaultdict(dict)})\n",
        'tools.py':
          "from django.urls import path\nfrom django.utils.module_loading import import_string\nfrom django.views.generic import View\nfrom table import table\ndef view_of(model, name='', path=None, detail=True):\n  def wrap(cls):\n    app, kind = model._meta.app_label, model._meta.model_name\n    if kind not in table['views'][app]:\n      table['views'][app][kind] = []\n    table['views'][app][kind].append({'view': cls, 'path': path if path is not None else name, 'detail': detail})\n    return cls\n  return wrap\ndef urls_of(app, kind, detail=True):\n  paths = []\n  try:\n    views = [one for one in table['views'][app][kind] if one['detail'] == detail]\n  except KeyError:\n    return []\n  for one in views:\n    if type(one['view']) is str:\n      view = import_string(one['view'])\n    else:\n      view = one['view']\n    if issubclass(view, View):\n      view = view.as_view()\n    paths.append(path(f\"{one['path']}/\" if one['path'] else '', view))\n  return paths\n",
        'plant/models/__init__.py': 'from .racks import *\n',
        'plant/models/racks.py':
          'from django.db import models\nclass Base(models.Model):\n  class Meta:\n    abstract = True\nclass RackKind(Base): ...\n',
        'plant/views.py':
          "from django.views.generic import View\nfrom plant.models import RackKind\nfrom tools import view_of\n@view_of(RackKind, 'list', path='', detail=False)\nclass All(View):\n  def get(self, request): ...\n@view_of(RackKind, 'add', detail=False)\n@view_of(RackKind, 'edit')\nclass Edit(View):\n  def post(self, request): ...\n",
        'plant/urls.py':
          "from django.urls import include, path\nfrom tools import urls_of\nfrom . import views\nurlpatterns = [path('kinds/', include(urls_of('plant', 'rackkind', detail=False))), path('kinds/<int:pk>/', include(urls_of('plant', 'rackkind')))]\n",
      },
      routes: [
        'GET /plant/kinds/ plant/views.py:6 All.get',
        'POST /plant/kinds/add/ plant/views.py:10 Edit.post',
        'POST /plant/kinds/{pk}/edit/ plant/views.py:10 Edit.post',
      ],
    },
    {
      says: 'the label of an application that its configuration sets',
      files: {
        'settings.py': SETTINGS,
        'urls.py':
          "from django.urls import path\nfrom goods.models import Thing\nfrom goods import views\nurlpatterns = [path(f'{Thing._meta.app_label}/{Thing._meta.model_name}/', views.show)]\n",
        'goods/apps.py':
          "from django.apps import AppConfig\nclass Goods(AppConfig):\n  name = 'goods'\n  label = 'wares'\n",
        'goods/models.py': 'from django.db import models\nclass Thing(models.Model): ...\n',
        'goods/views.py': 'def show(request): ...\n',
      },
      routes: ['ANY /wares/thing/ goods/views.py:1 show'],
    },
    {
      says: 'a router of Django REST framework whose lists answer more methods',
      files: {
        'settings.py': SETTINGS,
        'urls.py':
          "from django.urls import include, path\nfrom rest_framework.routers import DefaultRouter\nfrom api import Bulk, Plain\nclass BulkRouter(DefaultRouter):\n  def __init__(self, *args, **kwargs):\n    super().__init__(*args, **kwargs)\n    self.routes[0].mapping.update({'put': 'bulk_update', 'delete': 'bulk_destroy'})\nrouter = BulkRouter()\nrouter.register('bulk', Bulk)\nrouter.register('plain', Plain)\nurlpatterns = [path('', include(router.urls))]\n",
        'api.py':
          'from rest_framework.viewsets import GenericViewSet\nclass Plain(GenericViewSet):\n  def list(self, request): ...\nclass Bulk(Plain):\n  def bulk_update(self, request): ...\n  def bulk_destroy(self, request): ...\n',
      },
      routes: [
        'DELETE /bulk/ api.py:6 Bulk.bulk_destroy',
        'GET /bulk/ api.py:3 Plain.list',
        'GET /plain/ api.py:3 Plain.list',
        'PUT /bulk/ api.py:5 Bulk.bulk_update',
      ],
    },
  ],
  flask: [
    {
      says: 'a prefix that a parsed variable of the environment puts there, by its default',
      files: {
        'settings.py':
          "import os\ndef parse(text):\n  text = text.strip().lower()\n  if text in ('yes', 'true', '1'):\n    return True\n  elif text in ('no', 'false', '0'):\n    return False\n  else:\n    raise ValueError(text)\nTENANTS = parse(os.environ.get('TENANTS', 'false'))\nSTAGED = parse(os.environ.get('STAGED', 'Yes '))\n",
        'app.py':
          "from flask import Flask\nimport settings\napp = Flask(__name__)\ndef scoped(rule):\n  if settings.TENANTS:\n    return '/<tenant>{}'.format(rule)\n  return rule\ndef staged(rule):\n  return f'/stage{rule}' if settings.STAGED else rule\n@app.route(scoped('/items'))\ndef items(): ...\n@app.route(staged('/staged'))\ndef staging(): ...\n",
      },
      routes: ['GET /items app.py:11 items', 'GET /stage/staged app.py:13 staging'],
      notes: [
        'The environment variable STAGED decides a part of the path; "Yes " is its default in the code.',
        'The environment variable TENANTS decides a part of the path; "false" is its default in the code.',
      ],
    },
    {
      says: 'classes that are registered whole, below an application and a blueprint',
      files: {
        'app.py':
          "from flask import Flask, Blueprint\nfrom flask_classful import FlaskView, route\napp = Flask(__name__)\nbp = Blueprint('bp', __name__, url_prefix='/bp')\nclass ItemsView(FlaskView):\n  def index(self): ...\n  def get(self, id: int): ...\n  def post(self): ...\n  def by_tag(self, tag, page=1): ...\n  @route('/custom/<int:n>', methods=['PUT', 'DELETE'])\n  def custom(self, n): ...\n  def before_request(self, name): ...\n  def _hidden(self): ...\nclass Other(FlaskView):\n  route_base = '/other'\n  route_prefix = '/v1'\n  trailing_slash = False\n  method_dashified = True\n  def get(self, key): ...\n  def some_more(self): ...\nItemsView.register(app)\nOther.register(app)\nOther.register(bp, route_base='/', route_prefix='/p')\napp.register_blueprint(bp)\n",
      },
      routes: [
        'DELETE /items/custom/{n} app.py:11 ItemsView.custom',
        'GET /bp/p/some-more app.py:20 Other.some_more',
        'GET /bp/p/{key} app.py:19 Other.get',
        'GET /items/ app.py:6 ItemsView.index',
        'GET /items/by_tag/{tag}/ app.py:9 ItemsView.by_tag',
        'GET /items/{id}/ app.py:7 ItemsView.get',
        'GET /v1/other/some-more app.py:20 Other.some_more',
        'GET /v1/other/{key} app.py:19 Other.get',
        'POST /items/ app.py:8 ItemsView.post',
        'PUT /items/custom/{n} app.py:11 ItemsView.custom',
      ],
    },
    {
      says: 'routes that a setting switches on or off, whatever its default',
      files: {
        'app.py':
          "import os\nfrom flask import Flask\napp = Flask(__name__)\nDEBUG = False\ndef setup(app, debug=False):\n  if debug:\n    app.add_url_rule('/debug', view_func=debugging)\n  if os.environ.get('EXTRA', '0') == '1':\n    app.add_url_rule('/extra', view_func=extra)\ndef debugging(): ...\ndef extra(): ...\nsetup(app, DEBUG)\nif DEBUG:\n  @app.route('/more')\n  def more(): ...\n",
      },
      routes: ['GET /debug app.py:10 debugging', 'GET /extra app.py:11 extra', 'GET /more app.py:15 more'],
    },
    {
      says: 'rows of a table that a comprehension chooses and joins, and cells that a loop writes',
      files: {
        'app.py':
          "from flask import Flask\napp = Flask(__name__)\ndef join(*parts):\n  last = parts[-1].endswith('/')\n  whole = '/' + '/'.join(part for part in [one.strip('/') for one in parts] if part)\n  if last:\n    whole = whole + '/'\n  return whole\ndef a(): ...\ndef b(): ...\nROWS = [('/a/', a, True), ('b', b, True), ('/never', b, False)]\ndef below(prefix, rows):\n  for at, row in enumerate(rows):\n    cells = list(row)\n    if cells[0]:\n      cells[0] = join(prefix, cells[0])\n    else:\n      cells[0] = prefix\n    rows[at] = tuple(cells)\n  return rows\nfor path, view, _ in below('/v1', [row for row in ROWS if row[2] is True]):\n  app.add_url_rule(path, view_func=view)\n",
      },
      routes: ['GET /v1/a/ app.py:9 a', 'GET /v1/b app.py:10 b'],
    },
  ],
};

for (const [framework, layouts] of Object.entries(LAYOUTS)) checkLayouts(framework, layouts);
