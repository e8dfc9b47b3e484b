from fastapi import APIRouter


class AdminAPI:
    def __init__(self, store: dict):
        self.store = store
        self.router = APIRouter()
        self.router.add_api_route("/stats", self.stats, methods=["GET", "HEAD"])
        self.router.add_api_route(path="/flush", endpoint=self.flush, methods=["POST"])

    async def stats(self):
        return self.store.get("/stats")

    async def flush(self):
        return {}
