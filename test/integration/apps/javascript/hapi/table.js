const { placeOf } = require('../places');
require('./server')
  .createServer()
  .then((server) => {
    const rows = server
      .table()
      .map(({ method, path, settings }) => [
        method === '*' ? 'ANY' : method.toUpperCase(),
        path,
        ...placeOf(settings.handler, __dirname),
      ]);
    console.log(JSON.stringify(rows));
  });
