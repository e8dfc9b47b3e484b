from flask_restful import Api

from .resources import Todo, TodoList

api = Api(prefix="/todo")
api.add_resource(TodoList, "/", "/all")
api.add_resource(Todo, "/<string:todo_id>", endpoint="todo_ep")
