class Tools {
  constructor() {
    this.name = 'tools';
  }

  register(server) {
    server.route({ method: 'PATCH', path: '/sharpen', handler: this.sharpen });
  }

  sharpen() {
    return 'sharp';
  }
}

const tools = new Tools();
exports.plugin = { name: tools.name, register: (server) => tools.register(server) };
