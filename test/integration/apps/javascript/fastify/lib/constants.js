module.exports = { API_PREFIX: '/api' };
