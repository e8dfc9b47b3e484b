class Health:
    def on_get(self, req, resp):
        resp.media = req.params.get("/x")

    def on_head(self, req, resp):
        pass


class Base:
    def on_get(self, req, resp):
        pass

    def on_websocket(self, req, ws):
        pass


class Collection(Base):
    def on_post(self, req, resp):
        pass


class Item:
    def on_get(self, req, resp, thing_id):
        pass

    def on_put(self, req, resp, thing_id):
        pass

    def on_get_parts(self, req, resp, thing_id):
        pass

    def on_delete_parts(self, req, resp, thing_id):
        pass

    def on_patch_month(self, req, resp, year, month, rest):
        pass
