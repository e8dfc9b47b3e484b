const { placeOf } = require('../places');
const app = require('./app');
const rows = [];
const walk = (server, prefix) => {
  for (const [method, routes] of Object.entries(server.routes)) {
    for (const tokens of routes) {
      const path = tokens[0].old;
      const handlers = server.handlers[method][path];
      rows.push([method, prefix + (path === '/' && prefix !== '' ? '' : path), ...placeOf(handlers.at(-1), __dirname)]);
    }
  }
  for (const [base, child] of Object.entries(server.apps)) walk(child, prefix + base);
};
walk(app, '');
console.log(JSON.stringify(rows));
