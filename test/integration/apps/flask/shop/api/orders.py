from flask import Blueprint

orders = Blueprint("orders", __name__, url_prefix="/replaced")
lines = Blueprint("lines", __name__, url_prefix="/<int:order_id>/lines")


@orders.get("")
def all_orders():
    return []


@orders.route("/<any(open, closed):state>")
def by_state(state):
    return {"state": state}


@lines.get("/<float:weight>")
def line_by_weight(order_id, weight):
    return {"order": order_id, "weight": weight}


orders.register_blueprint(lines)
