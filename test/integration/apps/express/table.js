'use strict';
// Prints the application's own table of routes as JSON: [method, path].
// Express keeps no prefix of a mounted router, so mounting is watched as the application is built.
const Router = require('express').Router;
const application = require('express').application;

const prefixes = new Map();
for (const holder of [Router, Router.prototype, application]) {
  const use = holder?.use;
  if (typeof use !== 'function') continue;
  holder.use = function (path, ...rest) {
    for (const handler of rest.flat(Infinity)) if (handler?.stack) prefixes.set(handler, String(path));
    return use.call(this, path, ...rest);
  };
}

// The route '/' of a mounted router answers with and without the slash at the end.
const join = (prefix, path) => (prefix !== '' && path === '/' ? prefix : prefix + path);

const rows = [];
const walk = (router, prefix) => {
  for (const layer of router.stack) {
    if (layer.route) {
      const methods = new Set(layer.route.stack.map(({ method }) => method.toUpperCase()));
      // `all` registers every method that Node knows; more than ten are never written out by hand.
      const shown = methods.size > 10 ? ['ANY'] : methods;
      for (const method of shown) rows.push([method, join(prefix, layer.route.path)]);
    } else if (layer.handle.stack) walk(layer.handle, prefix + (prefixes.get(layer.handle) ?? ''));
  }
};
walk(require('./src/app').createApp().router, '');
console.log(JSON.stringify(rows));
