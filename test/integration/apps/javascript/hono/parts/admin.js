const { Hono } = require('hono');

exports.makeAdmin = (version) => {
  const admin = new Hono();
  const root = `/${version}`;
  admin.get(root, show);
  admin.patch(root + '/users/:name', show);
  return admin;
};

function show(c) {
  return c.json({});
}
