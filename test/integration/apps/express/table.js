'use strict';
// Prints the application's own table of routes as JSON: [method, path, file, line of the last handler].
// Express keeps no prefix of a mounted router, so mounting is watched as the application is built.
const inspector = require('node:inspector');
const path = require('node:path');
const { fileURLToPath } = require('node:url');
const Router = require('express').Router;
const application = require('express').application;

const prefixes = new Map();
for (const holder of [Router, Router.prototype, application]) {
  const use = holder?.use;
  if (typeof use !== 'function') continue;
  holder.use = function (prefix, ...rest) {
    for (const handler of rest.flat(Infinity)) if (handler?.stack) prefixes.set(handler, String(prefix));
    return use.call(this, prefix, ...rest);
  };
}

// The route '/' of a mounted router answers with and without the slash at the end.
const join = (prefix, rest) => (prefix !== '' && rest === '/' ? prefix : prefix + rest);

// Only the debugger knows where a function was written; a session in its own thread answers at once.
const session = new inspector.Session();
const scripts = new Map();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
session.post('Debugger.enable');
const placeOf = (fn) => {
  let place;
  globalThis.asked = fn;
  session.post('Runtime.evaluate', { expression: 'asked' }, (_error, { result }) => {
    session.post('Runtime.getProperties', { objectId: result.objectId }, (_failure, { internalProperties }) => {
      place = internalProperties.find(({ name }) => name === '[[FunctionLocation]]').value.value;
    });
  });
  return [path.relative(__dirname, fileURLToPath(scripts.get(place.scriptId))), place.lineNumber + 1];
};

const rows = [];
const walk = (router, prefix) => {
  for (const layer of router.stack) {
    if (layer.route) {
      const methods = new Set(layer.route.stack.map(({ method }) => method.toUpperCase()));
      // `all` registers every method that Node knows; more than ten are never written out by hand.
      const shown = methods.size > 10 ? ['ANY'] : methods;
      for (const method of shown) {
        const own = layer.route.stack.filter((one) => method === 'ANY' || one.method.toUpperCase() === method);
        rows.push([method, join(prefix, layer.route.path), ...placeOf(own.at(-1).handle)]);
      }
    } else if (layer.handle.stack) walk(layer.handle, prefix + (prefixes.get(layer.handle) ?? ''));
  }
};
walk(require('./src/app').createApp().router, '');
console.log(JSON.stringify(rows));
