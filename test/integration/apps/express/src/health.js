'use strict';
function health(_request, response) {
  response.json({ ok: true });
}

module.exports = { health };
