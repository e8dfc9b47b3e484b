'use strict';
const express = require('express');
const router = express.Router({ mergeParams: true });

router.get('/', (_request, response) => response.json([]));
router.post('/', check, (_request, response) => {
  response.status(201).json({});
});
router.delete('/:orderId', (_request, response) => response.end());

function check(_request, _response, next) {
  next();
}

module.exports = router;
