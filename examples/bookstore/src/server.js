import { createApp } from './app.js';

const port = Number(process.env.PORT ?? 3000);

const server = createApp().listen(port, '127.0.0.1', (error) => {
  if (error) {
    console.error(`The bookstore cannot listen on port ${port}: ${error.message}`);
    process.exit(1);
  }
  console.log(`Bookstore on http://127.0.0.1:${server.address().port}`);
});
