'use strict';
const express = require('express');

const router = express.Router();

const jobs = {
  list(_request, response) {
    response.json([]);
  },
};

router.get('/jobs', jobs.list);
router.patch('/jobs/:job', (_request, response) => response.end());

module.exports = { router };
