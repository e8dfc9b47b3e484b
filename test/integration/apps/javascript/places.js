'use strict';
// Tells where functions were written. Only the debugger knows; a session in its own thread answers at once.
const inspector = require('node:inspector');
const path = require('node:path');
const { fileURLToPath } = require('node:url');

const session = new inspector.Session();
const scripts = new Map();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
session.post('Debugger.enable');

/** `[file relative to folder, 1-based line]` of a function. */
exports.placeOf = (fn, folder) => {
  let place;
  globalThis.asked = fn;
  session.post('Runtime.evaluate', { expression: 'asked' }, (_error, { result }) => {
    session.post('Runtime.getProperties', { objectId: result.objectId }, (_failure, { internalProperties }) => {
      place = internalProperties.find(({ name }) => name === '[[FunctionLocation]]').value.value;
    });
  });
  const url = scripts.get(place.scriptId);
  return [path.relative(folder, url.startsWith('file:') ? fileURLToPath(url) : url), place.lineNumber + 1];
};
