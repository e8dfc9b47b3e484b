import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Endpoint } from '../../../src/core/model/endpoint';
import { scan } from './scan';

describe('parameters of Python routes', () => {
  const CASES: readonly (readonly [says: string, file: string, expected: readonly unknown[]])[] = [
    [
      'of Django have the type of their converter or pattern',
      "from django.urls import path, re_path, register_converter\nclass Year:\n  regex = '[0-9]{4}'\nregister_converter(Year, 'yyyy')\ndef f(request, **k): ...\nurlpatterns = [path('<int:a>/<slug:b>/<uuid:c>/<yyyy:d>/<path:e>', f), re_path(r'^(?P<g>\\d+)/(?P<h>x|y)/(?P<i>[A-Z]{2})/(.+)$', f)]\n",
      [
        ['a', 'integer'],
        ['b', 'string'],
        ['c', 'uuid'],
        ['d', 'regex', '[0-9]{4}'],
        ['e', 'path'],
        ['g', 'integer'],
        ['h', 'enum', ['x', 'y']],
        ['i', 'regex', '[A-Z]{2}'],
        ['arg1', 'path'],
      ],
    ],
    [
      'of aiohttp have the type of their pattern',
      "from aiohttp import web\ndef f(request): ...\napp = web.Application()\napp.router.add_get(r'/{a}/{b:\\d+}/{c:[a-z]{2}}/{d:.*}', f)\n",
      [
        ['a', 'string'],
        ['b', 'integer'],
        ['c', 'regex', '[a-z]{2}'],
        ['d', 'path'],
      ],
    ],
  ];
  for (const [says, file, expected] of CASES) {
    it(says, async () => {
      const { endpoints } = await scan({ 'urls.py': file });
      assert.deepEqual(endpoints.flatMap(parametersOf), expected);
    });
  }
});

function parametersOf(endpoint: Endpoint): unknown[] {
  return endpoint.parameters.map(({ name, type, pattern, enumValues }) =>
    pattern || enumValues ? [name, type, pattern ?? enumValues] : [name, type],
  );
}

describe('what the code of a Python application does not tell', () => {
  it('is said of a Django module that nothing includes, and a setting of two values is a hole', async () => {
    const { endpoints } = await scan({
      'shop/urls.py': "from django.urls import path\ndef f(request): ...\nurlpatterns = [path('x/', f)]\n",
      'site/settings/a.py': "ROOT_URLCONF = 'site.urls'\nPREFIX = 'a'\n",
      'site/settings/b.py': "PREFIX = 'b'\n",
      'site/urls.py':
        "from django.conf import settings\nfrom django.urls import path\ndef g(request): ...\nurlpatterns = [path(settings.PREFIX + '/g', g)]\n",
    });
    assert.deepEqual(
      endpoints.map(({ path, notes }) => [path, notes.length]),
      [
        ['/x/', 1],
        ['/{…}/g', 1],
      ],
    );
    assert.match(String(endpoints[0]?.notes), /No place was found/);
    assert.match(String(endpoints[1]?.notes), /"a" or "b"/);
  });

  it('is said of a default that the environment may change', async () => {
    const { endpoints } = await scan({
      'app.py':
        "import os\nimport environ\nfrom decouple import config\nfrom fastapi import FastAPI\nenv = environ.Env()\napp = FastAPI()\n@app.get(os.getenv('A', default='/a') + config('B', default='/b') + env.str('C', '/c') + (getattr(settings, 'D', '/d') or '/never'))\ndef f(): ...\n",
    });
    assert.equal(endpoints[0]?.path, '/a/b/c/d');
    assert.equal(endpoints[0].notes.length, 4);
  });

  it('is said of paths among which a condition chooses, each of them shown', async () => {
    const { endpoints } = await scan({
      'app.py':
        "from flask import Flask\napp = Flask(__name__)\ndef scoped(rule):\n  if MULTI:\n    return '/<org>' + rule\n  return rule\n@app.get(scoped('/x'))\ndef x(): ...\n",
    });
    assert.deepEqual(
      endpoints.map(({ path, notes }) => [path, notes]),
      ['/x', '/{org}/x'].map((path) => [path, ['One of 2 paths; the program decides when it runs.']]),
    );
  });

  it('keeps a list of handlers that no application of Tornado is seen to take', async () => {
    const { endpoints } = await scan({
      'handlers.py':
        "from tornado import web\nclass A(web.RequestHandler):\n  def get(self): ...\ndefault_handlers = [(r'/a/(?P<p>.*)', A)]\n",
      'sockets.py':
        "from channels.generic.websocket import WebsocketConsumer\nfrom django.urls import path\nclass C(WebsocketConsumer): ...\nwebsocket_urlpatterns = [path('ws/', C.as_asgi())]\nurlpatterns = []\n",
    });
    assert.deepEqual(
      endpoints.map(({ path, notes }) => [path, notes.length]),
      [['/a/{p*}', 1]],
    );
  });

  it('is no route when neither path nor handler nor router is known', async () => {
    const { endpoints } = await scan({
      'app.py':
        'from fastapi import APIRouter\ndef add(router: APIRouter, url, view):\n  router.add_api_route(url, view)\n',
    });
    assert.deepEqual(endpoints, []);
  });

  it('keeps a sink of Falcon and a handler of Litestar that nobody takes', async () => {
    const { endpoints } = await scan({
      'app.py':
        "import re\nimport falcon\nfrom litestar import get\ndef sink(req, resp): ...\napp = falcon.App()\napp.add_sink(sink, re.compile('/proxy'))\n@get('/loose')\ndef loose() -> None: ...\n",
    });
    assert.deepEqual(
      endpoints.map(({ method, path, notes }) => [method, path, notes.length]),
      [
        ['ANY', '/proxy{…}', 1],
        ['GET', '/loose', 1],
      ],
    );
  });

  it('takes the default that a condition on it leads to, and says what else may decide', async () => {
    const { endpoints } = await scan({
      'settings.py':
        "import os\nconfiguration = load_it()\ndef tidy(value):\n  return f'{value.strip(\"/\")}/' if value else ''\nROOT = os.getenv('ROOT', 'http://localhost:80').removesuffix('/')\nBASE = tidy(getattr(configuration, 'BASE', ''))\n",
      'urls.py':
        "from urllib.parse import urlparse\nfrom django.urls import path\nfrom django.conf import settings\nimport views\nprefix = ''\nif _path := urlparse(settings.ROOT).path.lstrip('/'):\n  prefix = f'{_path}/'\nurlpatterns = [path(f'{prefix}a/', views.a), path(settings.BASE + 'b/', views.b)]\n",
      'views.py': 'def a(request): ...\ndef b(request): ...\n',
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n",
    });
    assert.deepEqual(
      endpoints.map(({ path, notes }) => [path, notes.some((note) => /\b(?:ROOT|BASE) decides/.test(note))]),
      [
        ['/a/', true],
        ['/b/', true],
      ],
    );
  });
});
