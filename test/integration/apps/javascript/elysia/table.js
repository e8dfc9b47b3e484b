const { placeOf } = require('../places');
const { app } = require('./app');
const rows = app.routes.map(({ method, path, handler }) => [
  method === 'ALL' ? 'ANY' : method,
  path,
  ...placeOf(handler, __dirname),
]);
console.log(JSON.stringify(rows));
