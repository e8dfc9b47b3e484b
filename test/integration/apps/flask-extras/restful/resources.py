import httpx
from flask_restful import Resource, marshal_with


class Base(Resource):
    def get(self, **kwargs):
        return httpx.get("http://127.0.0.1/x").json()


class TodoList(Base):
    def post(self):
        return {}.get("/y")


class Todo(Base):
    @marshal_with({})
    def put(self, todo_id):
        return {}

    def delete(self, todo_id):
        return {}
