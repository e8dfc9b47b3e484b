from bottle import Bottle

app = Bottle()


@app.get("/items/<id:int>")
@app.delete("/items/<id:int>")
def item(id):
    return ""


@app.route("/files/<path:path>", method="PATCH")
def files(path):
    return ""


class Server:
    def __init__(self, app):
        self.app = app
        self.app.route("/status", "GET", self.status)
        self.app.route("/code/<code:re:[a-z]{2}>", method=["POST", "PUT"])(self.code)

    def status(self):
        return ""

    def code(self, code):
        return ""


server = Server(app)
