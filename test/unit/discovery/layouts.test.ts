import { checkLayouts, type Layout } from './checkLayouts';

const FLASK: readonly Layout[] = [
  {
    says: 'a factory that registers a blueprint of another file under another prefix',
    files: {
      'shop/__init__.py':
        "from flask import Flask\nfrom . import books\ndef create_app():\n  app = Flask(__name__)\n  app.register_blueprint(books.bp, url_prefix='/v1')\n  return app\n",
      'shop/books.py':
        "from flask import Blueprint\nbp = Blueprint('b', __name__, url_prefix='/old')\n@bp.route('/<int:id>', methods=['GET', 'PUT'])\ndef book(id): ...\n",
    },
    routes: ['GET /v1/{id} shop/books.py:4 book', 'PUT /v1/{id} shop/books.py:4 book'],
  },
  {
    says: 'a class-based view and a rule added by a call',
    files: {
      'app.py':
        "from flask import Flask\nfrom flask.views import MethodView\napp = Flask(__name__)\nclass V(MethodView):\n  def get(self): ...\n  def post(self): ...\ndef h(): ...\napp.add_url_rule('/v', view_func=V.as_view('v'))\napp.add_url_rule('/h/<path:rest>', 'h', h)\n",
    },
    routes: ['GET /h/{rest*} app.py:7 h', 'GET /v app.py:5 V.get', 'POST /v app.py:6 V.post'],
  },
  {
    says: 'no route in comments, strings, error handlers and other clients',
    files: {
      'app.py':
        "from flask import Flask\nimport requests\napp = Flask(__name__)\n# @app.route('/a')\nS = '''\n@app.route('/b')\ndef b(): ...\n'''\n@app.errorhandler(404)\ndef e(_): ...\n@app.before_request\ndef before(): ...\nrequests.get('/c')\n{}.get('/d')\n",
    },
    routes: [],
  },
];

const FASTAPI: readonly Layout[] = [
  {
    says: 'prefixes of nested routers across files, one of them a constant',
    files: {
      'app/__init__.py': '',
      'app/main.py':
        'from fastapi import FastAPI\nfrom .api import router, PREFIX\napp = FastAPI()\napp.include_router(router, prefix=PREFIX)\n',
      'app/api.py':
        "from fastapi import APIRouter\nfrom . import users\nPREFIX = '/api'\nrouter = APIRouter(prefix='/v1')\nrouter.include_router(users.router, prefix='/users')\n",
      'app/users.py':
        "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/{name:path}')\nasync def user(name: str): ...\n@router.api_route('/', methods=['POST', 'PATCH'])\ndef make(): ...\n",
    },
    routes: [
      'GET /api/v1/users/{name*} app/users.py:4 user',
      'PATCH /api/v1/users/ app/users.py:6 make',
      'POST /api/v1/users/ app/users.py:6 make',
    ],
  },
  {
    says: 'no route for a client with the same method names',
    files: {
      'main.py':
        "from fastapi import FastAPI\nfrom fastapi.testclient import TestClient\napp = FastAPI()\nclient = TestClient(app)\nclient.get('/a')\n@app.exception_handler(404)\ndef e(r, x): ...\n",
    },
    routes: [],
  },
];

const SANIC: readonly Layout[] = [
  {
    says: 'a group of blueprints with a version, a class and an added route',
    files: {
      'app.py':
        "from sanic import Sanic\nfrom parts import group, V, plain\napp = Sanic('A')\napp.blueprint(group)\napp.add_route(V.as_view(), '/v/<n:int>')\napp.add_route(plain, '/p', methods=['POST'])\n",
      'parts.py':
        "from sanic import Blueprint\nfrom sanic.views import HTTPMethodView\nbp = Blueprint('b', url_prefix='/b')\n@bp.get('/<x:path>')\nasync def one(request, x): ...\nclass V(HTTPMethodView):\n  async def get(self, request, n): ...\ndef plain(request): ...\ngroup = Blueprint.group(bp, url_prefix='/g', version=2)\n",
    },
    routes: ['GET /v/{n} parts.py:7 V.get', 'GET /v2/g/b/{x*} parts.py:5 one', 'POST /p parts.py:8 plain'],
  },
  {
    says: 'no route for middleware and listeners',
    files: {
      'app.py':
        "from sanic import Sanic\napp = Sanic('A')\n@app.middleware('request')\nasync def m(request): ...\n@app.listener('before_server_start')\nasync def l(app): ...\n",
    },
    routes: [],
  },
];

const EXPRESS: readonly Layout[] = [
  {
    says: 'a router of another file, a route chain and every method',
    files: {
      'app.js':
        "const express = require('express');\nconst app = express();\napp.use('/api', require('./api'));\napp.all('/any', (q, s) => s.end());\n",
      'api.js':
        "const { Router } = require('express');\nconst r = Router();\nr.route('/i/:id').get(one).delete((q, s) => s.end());\nfunction one(q, s) {}\nmodule.exports = r;\n",
    },
    routes: ['ANY /any app.js:4 anonymous', 'DELETE /api/i/{id} api.js:3 anonymous', 'GET /api/i/{id} api.js:4 one'],
  },
  {
    says: 'ES modules in TypeScript, imported by the name of the compiled file',
    files: {
      'src/app.ts':
        "import express from 'express';\nimport { users } from './users.js';\nexport const app = express();\napp.use('/users', users);\n",
      'src/users.ts':
        "import { Router, type Request } from 'express';\nexport const users: Router = Router();\nusers.post('/:id', async (q: Request, s) => { s.end(); });\n",
    },
    routes: ['POST /users/{id} src/users.ts:3 anonymous'],
  },
  {
    says: 'no route for settings, maps, clients, middleware and comments',
    files: {
      'app.js':
        "const express = require('express');\nconst axios = require('axios');\nconst app = express();\napp.set('x', 1);\napp.get('x');\napp.use('/static', express.static('public'));\nnew Map().get('/m');\naxios.get('/a', () => 1);\n// app.get('/c', (q, s) => s.end());\n",
    },
    routes: [],
  },
];

for (const [framework, layouts] of Object.entries({ flask: FLASK, fastapi: FASTAPI, sanic: SANIC, express: EXPRESS }))
  checkLayouts(framework, layouts);
