const { placeOf } = require('../places');
const { app } = require('./app');
const middleware = (route) => route.path === '/*' || route.handler.length > 1;
const rows = app.routes
  .filter((route) => !middleware(route))
  .map(({ method, path, handler }) => [method === 'ALL' ? 'ANY' : method, path, ...placeOf(handler, __dirname)]);
console.log(JSON.stringify(rows));
