const { placeOf } = require('../places');
const express = require('express');
const prefixes = new Map();
const { use } = express.Router;
express.Router.use = function (prefix, ...rest) {
  for (const handler of rest.flat(Infinity)) if (handler?.stack) prefixes.set(handler, [prefix].flat());
  return use.call(this, prefix, ...rest);
};
const app = require('./app');
const rows = [];
const walk = (router, prefix) => {
  for (const layer of router.stack) {
    if (layer.route) {
      const methods = new Set(layer.route.stack.map(({ method }) => method.toUpperCase()));
      for (const method of methods.size > 10 ? ['ANY'] : methods) {
        const own = layer.route.stack.filter((one) => method === 'ANY' || one.method.toUpperCase() === method);
        for (const path of [layer.route.path].flat())
          rows.push([
            method,
            prefix + String(path),
            ...placeOf(own.at(-1).handle.inner ?? own.at(-1).handle, __dirname),
          ]);
      }
    } else if (layer.handle.stack)
      for (const one of prefixes.get(layer.handle) ?? ['']) walk(layer.handle, prefix + one);
  }
};
walk(app._router, '');
console.log(JSON.stringify(rows));
