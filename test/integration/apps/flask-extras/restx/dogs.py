from flask_restx import Namespace, Resource

ns = Namespace("dogs", path="/dogs")


class Dog(Resource):
    def get(self, name):
        return {}


ns.add_resource(Dog, "/<name>")
