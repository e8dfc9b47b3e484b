const { Router } = require('express');

class Base {
  constructor(options) {
    return Router(options);
  }
}

module.exports = Base;
