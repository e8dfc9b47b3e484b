class Users {
  wrap = (fn) => {
    const wrapped = (req, res, next) => Promise.resolve(fn(req, res)).catch(next);
    // For the table only: what is shown is the function that was wrapped.
    wrapped.inner = fn;
    return wrapped;
  };

  list(req, res) {
    res.json([]);
  }

  show = (req, res) => {
    res.json({});
  };
}

module.exports = new Users();
