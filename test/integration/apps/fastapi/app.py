"""A service. Run: PORT=5002 python app.py, or: uvicorn app:app --host 127.0.0.1 --port 5002"""

import os

import uvicorn
from service.main import app

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "5002")))
