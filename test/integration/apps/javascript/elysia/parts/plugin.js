module.exports = (app) => app.get('/plugin', () => 1).patch('/plugin/:name?', () => 1);
