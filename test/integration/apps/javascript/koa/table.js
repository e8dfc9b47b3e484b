const { placeOf } = require('../places');
// koa-mount keeps its prefix to itself; the table of what is mounted is kept as it is mounted.
const mountPath = require.resolve('koa-mount');
const mount = require(mountPath);
require.cache[mountPath].exports = (prefix, target) =>
  Object.assign(mount(prefix, target), { prefix, router: target.router });
const app = require('./app');
const rows = [];
for (const { router, prefix = '' } of app.middleware) {
  for (const layer of router?.stack ?? []) {
    const methods = layer.methods.filter((method) => method !== 'HEAD');
    for (const method of layer.methods.length > 10 ? ['ANY'] : methods) {
      rows.push([method, prefix + layer.path, ...placeOf(layer.stack.at(-1), __dirname)]);
    }
  }
}
console.log(JSON.stringify(rows));
