"""A shop. Run: PORT=5001 python app.py, or: gunicorn app:app --bind 127.0.0.1:5001"""

import os

from shop import create_app

app = create_app()

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5001")))
