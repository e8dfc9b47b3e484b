'use strict';
// A shop. Run: PORT=5004 node server.js
const { createApp } = require('./src/app');

createApp().listen(Number(process.env.PORT ?? 5004), '127.0.0.1');
