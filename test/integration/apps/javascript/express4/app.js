const express = require('express');
const Base = require('./router');
const users = require('./controllers/users');

class Server {
  constructor() {
    this.app = express();
    this.routes();
  }

  routes() {
    this.app.get('/', (req, res) => res.end());
    this.app.use(['/api', '/v1'], this.api());
    this.app.all('/everything', express.json(), users.list);
    this.app.get(/^\/regex\/(\d+)$/, users.list);
  }

  api() {
    const router = new Base({ mergeParams: true });
    router.param('id', (req, res, next) => next());
    for (const [method, path, handler] of require('./rules')) router[method](path, handler);
    router.route('/chain/:id?').get(users.wrap(users.show)).put(users.show);
    router.get(['/list', '/list/:page(\\d+)'], users.list);
    return router;
  }
}

module.exports = new Server().app;
